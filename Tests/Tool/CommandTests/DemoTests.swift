import Foundation
import Testing

extension CommandSuite {
  /// `demo`, and the recipes that it finds by their names.
  @Suite struct DemoTests {
    /// A demo of streets in a few seconds.
    private static let small = [
      "demo", "--data", "streets", "--quick", "--device", "cpu", "--set", "model.backbone=resnet18",
      "--set", "model.weights=random", "--set", "train.iterations=1", "--set", "train.batch_size=2",
      "--set", "data.image_size=32", "--set", "evaluate.height=64",
    ]

    @Test func aDemoEndsWithTableAndReportAndIsNotRepeated() throws {
      // Both calls have the same working folder, which is empty at the beginning.
      let outcome = try Command.start(
        Self.small,
        script: """
          "$0" "$@" && ls Runs/demo-segmentation-quick/report.html && echo "second call" >&2 && "$0" "$@"
          """
      ).outcome()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let reports = outcome.output.split(separator: "\n").filter { $0.hasPrefix("Report: ") }
      #expect(
        reports == Array(repeating: "Report: Runs/demo-segmentation-quick/report.html", count: 2))
      for method in ["vanilla", "csg"] {
        #expect(outcome.output.contains("\n\(method) "), "\(outcome.output)")
      }
      let calls = outcome.errors.components(separatedBy: "second call\n")
      #expect(calls.first?.contains("Training vanilla and csg, 2 of 2 runs, into") == true)
      #expect(
        calls.last
          == "All 2 runs in Runs/demo-segmentation-quick are finished; nothing is trained.\n")
    }

    @Test(arguments: ["photographs", "photographs.yaml", "Recipes/photographs.yaml"])
    func aRecipeIsFoundByItsName(_ name: String) throws {
      // The working folder is empty: the recipe is that of the checkout, and its data are missing.
      let outcome = try Command.run(["train", name, "--device", "cpu"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("drawings-photographs/drawings/train"), "\(outcome.errors)")
    }

    @Test func aMisspeltRecipeIsNamed() throws {
      let outcome = try Command.run(["train", "photograps", "--device", "cpu"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.hasSuffix("; did you mean photographs?"), "\(outcome.errors)")
    }

    @Test func recipesKeysAreCompleted() throws {
      let script = try Command.run(["--generate-completion-script", "bash"]).output
      for words in ["train.batch_size=", "method.name=", "vanilla", "layer3", "cuda"] {
        #expect(script.contains(words))
      }
    }
  }
}

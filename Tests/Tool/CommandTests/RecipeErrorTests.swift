import Foundation
import Testing

extension CommandSuite {
  /// Every refusal: exit code 1, one sentence that begins with `Error:`, and no run folder.
  @Suite struct RecipeErrorTests {
    @Test func aRecipeThatIsNotThereIsNamed() throws {
      let outcome = try Command.run(["train", "/nowhere/photographs.yaml"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors == outcome.sentence + "\n")
      #expect(outcome.sentence.contains("/nowhere/photographs.yaml"))
    }

    @Test func aMisspeltKeyGetsFileLineAndTheNearestName() throws {
      let run = try SmallRun()
      let text = try String(contentsOfFile: run.recipe, encoding: .utf8)
        .replacingOccurrences(of: "image_size", with: "imagesize")
      let line = (text.split(separator: "\n").firstIndex { $0.contains("imagesize") } ?? -2) + 1
      try text.write(toFile: run.recipe, atomically: true, encoding: .utf8)
      try expectRefusal(
        run, naming: ["small.yaml:\(line):", "'data.imagesize'", "did you mean 'image_size'?"])
    }

    @Test func aValueOfTheWrongTypeGetsItsLine() throws {
      let run = try SmallRun()
      let text = try String(contentsOfFile: run.recipe, encoding: .utf8)
        .replacingOccurrences(of: "batch_size: 4", with: "batch_size: four")
      let line = (text.split(separator: "\n").firstIndex { $0.contains("four") } ?? -2) + 1
      try text.write(toFile: run.recipe, atomically: true, encoding: .utf8)
      try expectRefusal(run, naming: ["small.yaml:\(line):", "'train.batch_size'", "'four'"])
    }

    @Test(arguments: [
      ("train.iteration=5", ["train.iteration", "did you mean 'iterations'?"]),
      ("train.iterations", ["train.iterations", "="]),
      ("model.backbone=resnet1001", ["model.backbone", "resnet1001", "did you mean 'resnet101'?"]),
      ("optimizer.lr=-1", ["optimizer.lr", "-1"]),
    ])
    func aBadSettingIsExplained(_ setting: String, _ parts: [String]) throws {
      try expectRefusal(SmallRun(), setting: setting, naming: parts)
    }

    /// An override takes the place of its rival; in one file the two contradict each other.
    @Test func twoLengthsInOneFileAreRefused() throws {
      let run = try SmallRun()
      let text = try String(contentsOfFile: run.recipe, encoding: .utf8)
        .replacingOccurrences(of: "batch_size: 4", with: "batch_size: 4\n  epochs: 3")
      try text.write(toFile: run.recipe, atomically: true, encoding: .utf8)
      try expectRefusal(run, naming: ["train.epochs", "train.iterations"])
    }

    @Test func aSelectionRuleNeedsItsData() throws {
      try expectRefusal(
        SmallRun(), setting: "data.real=[]", "evaluate.selection=target",
        naming: ["'target'", "data.real"])
    }
  }
}

/// Trains, and expects one sentence with all of `parts` and no folder.
func expectRefusal(
  _ run: SmallRun, setting values: String..., environment: [String: String] = [:],
  naming parts: [String], sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let outcome = try Command.run(
    run.training(into: "run", values.flatMap { ["--set", $0] }), environment: environment)
  #expect(outcome.exitCode == 1, sourceLocation: sourceLocation)
  #expect(outcome.errors.hasPrefix("Error: "), sourceLocation: sourceLocation)
  #expect(outcome.errors == outcome.sentence + "\n", sourceLocation: sourceLocation)
  for part in parts {
    #expect(outcome.sentence.contains(part), sourceLocation: sourceLocation)
  }
  #expect(!run.exists("run"), sourceLocation: sourceLocation)
}

import Foundation
import Testing

extension CommandSuite {
  /// The whole command for a method and a backbone that an outside executable adds (Tests/AddedParts).
  @Suite struct AddedPartsTests {
    private static let name = "added-parts"

    /// A run of both.
    private func smallRun(_ method: String = "{name: feature-penalty, power: 1}") throws -> SmallRun
    {
      try SmallRun(method: method, backbone: "small-network", iterations: 12)
    }

    @Test func aRunGoesFromItsRecipeToTheFiguresOfItsCheckpoint() throws {
      let run = try smallRun()
      let trained = try Command.run(run.training(), as: Self.name)
      #expect(trained.exitCode == 0)
      #expect(trained.output.contains("feature-penalty"))
      let recipe = try String(contentsOfFile: run.folder.path("run/recipe.yaml"), encoding: .utf8)
      #expect(recipe.contains("  name: feature-penalty\n  lambda: 0.01\n  power: 1\n"))
      #expect(recipe.contains("  backbone: small-network\n"))
      #expect(try run.metrics().allSatisfy { $0.contains("\"loss_feature_size\"") })

      let checkpoint = run.folder.path("run/checkpoints/last.safetensors")
      let photographs = run.folder.path("photographs")
      let judged = try Command.run(
        ["evaluate", checkpoint, "--data", photographs, "--json", "--device", "cpu"], as: Self.name)
      #expect(judged.exitCode == 0)
      #expect(judged.output.contains("\"mean_class_accuracy\""))
      let said = try Command.run(
        ["predict", checkpoint, photographs + "/apple/0.png", "--device", "cpu"], as: Self.name)
      #expect(said.exitCode == 0 && said.output.contains("boat"))
      let diagnosed = try Command.run(
        [
          "diagnose", checkpoint, "--data", photographs, "--figures", "none", "--device", "cpu",
          "--output", run.folder.path("diagnosis"),
        ], as: Self.name)
      #expect(diagnosed.exitCode == 0 && diagnosed.output.contains("layer4"))

      // The plain command does not know the checkpoint's backbone, and says so.
      let plain = try Command.run(["evaluate", checkpoint, "--data", photographs])
      #expect(plain.exitCode == 1)
      #expect(plain.sentence.contains("\(checkpoint): there is no backbone 'small-network'"))
      #expect(plain.errors == plain.sentence + "\n")
    }

    @Test func anInterruptedRunGoesOn() throws {
      let run = try smallRun()
      #expect(try Command.run(run.training(into: "whole"), as: Self.name).exitCode == 0)
      let half = run.training(
        into: "run", ["--set", "evaluate.every=1"])
      let running = try Command.start(half, as: Self.name)
      running.wait { run.exists("run/checkpoints/last.safetensors") }
      running.process.interrupt()
      _ = try running.outcome()
      #expect(try Command.run(half + ["--resume", "auto"], as: Self.name).exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
    }

    @Test func theComparisonHasARowOfIt() throws {
      let run = try smallRun("{name: vanilla}")
      let arguments = [
        "compare", run.recipe, "--methods", "vanilla,feature-penalty", "--seeds", "0", "--device",
        "cpu", "--output", run.folder.path("compare"),
      ]
      let compared = try Command.run(arguments, as: Self.name)
      #expect(compared.exitCode == 0)
      let rows = compared.output.split(separator: "\n").map { $0.split(separator: " ").first ?? "" }
      #expect(rows.contains("vanilla") && rows.contains("feature-penalty"))
      #expect(run.exists("compare/feature-penalty-seed0/results.json"))
      #expect(compared.errors.contains("iterations"))
      // Finished runs are read back, not trained again.
      let again = try Command.run(arguments, as: Self.name)
      #expect(again.exitCode == 0 && again.output == compared.output)
      #expect(!again.errors.contains("iterations"))
    }

    @Test func helpListsAndCompletionsKnowIt() throws {
      let methods = try Command.run(["methods"], as: Self.name)
      #expect(methods.exitCode == 0)
      #expect(
        methods.output.contains(
          """
          feature-penalty: The size of the features, which are to stay small.
            lambda: 0.01, segmentation 0.5; a number at least 0. λ, the weight of the penalty.
            power: 2; an integer between 1 and 4. p, the power that features are raised to.
          """))
      let models = try Command.run(["models"], as: Self.name)
      #expect(models.exitCode == 0)
      #expect(models.output.contains("small-network: no published weights"))
      let help = try Command.run(["compare", "--help"], as: Self.name)
      #expect(help.output.contains("feature-penalty"))
      #expect(help.output.contains("USAGE: added-parts compare"))
      for shell in ["bash", "zsh", "fish"] {
        let script = try Command.run(["--generate-completion-script", shell], as: Self.name)
        #expect(script.output.contains("feature-penalty") && script.output.contains("added-parts"))
      }
      #expect(try !Command.run(["methods"]).output.contains("feature-penalty"))
    }

    @Test func theListOfMethodsIsJSONToo() throws {
      struct Method: Decodable {
        struct Setting: Decodable {
          let key: String
          let kind: String
          let standard: [String: Double]
        }
        let name: String
        let settings: [Setting]
      }
      func list(_ run: Command.Outcome) throws -> [[String: Any]] {
        try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]] ?? []
      }
      let objects = try list(Command.run(["methods", "--json"], as: Self.name))
      // Those of the program itself stay, and the added one comes last.
      let own = try list(Command.run(["methods", "--json"]))
      #expect(!own.isEmpty)
      #expect(objects.dropLast().map { $0["name"] as? String } == own.map { $0["name"] as? String })
      let last = try JSONSerialization.data(withJSONObject: #require(objects.last))
      let method = try JSONDecoder().decode(Method.self, from: last)
      #expect(
        method.name == "feature-penalty" && method.settings.map(\.key) == ["lambda", "power"])
      #expect(method.settings[0].standard == ["classification": 0.01, "segmentation": 0.5])
    }

    @Test(arguments: [
      ("method.name=feature-penalti", "did you mean 'feature-penalty'?"),
      ("method.powr=3", "did you mean 'power'?"),
      ("method.power=5", "'method.power': expected an integer between 1 and 4"),
      ("model.backbone=small-netwrk", "did you mean 'small-network'?"),
      ("model.weights=imagenet", "no ImageNet weights of small-network are published"),
    ])
    func mistakesAreExplained(setting: String, said: String) throws {
      let run = try smallRun()
      let outcome = try Command.run(run.training(into: "run", ["--set", setting]), as: Self.name)
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors == outcome.sentence + "\n")
      #expect(outcome.sentence.contains(said))
      let compared = try Command.run(
        ["compare", run.recipe, "--methods", "feature-penalti"], as: Self.name)
      #expect(compared.exitCode == 64 && compared.errors.contains("feature-penalty, not"))
    }
  }
}

import Foundation
import Testing

extension CommandSuite {
  @Suite struct UsageTests {
    @Test(arguments: [["--help"], ["train", "--help"], ["--version"]])
    func helpAndVersionSucceed(_ arguments: [String]) throws {
      let outcome = try Command.run(arguments)
      #expect(outcome.exitCode == 0)
      #expect(!outcome.output.isEmpty)
      #expect(outcome.errors.isEmpty)
    }

    @Test(
      .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
      arguments: [["--help"], ["recipe", "train.batch_size"]])
    func outputThatCannotBeWrittenIsAnError(_ arguments: [String]) throws {
      let outcome = try Command.start(arguments, script: "exec \"$0\" \"$@\" > /dev/full")
        .outcome()
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.errors == "Error: cannot write standard output: No space left on device\n")
    }

    @Test(arguments: [["recipe", "train.batch_size"], ["recipe", "--help", "train.batch_size"]])
    func aKeyOfARecipeIsExplained(_ arguments: [String]) throws {
      let outcome = try Command.run(arguments)
      #expect(outcome.exitCode == 0)
      #expect(
        outcome.output == """
          train.batch_size: integer, at least 1
            default: 32; 6
            The images of a step; a last partial batch is dropped.

          """)
    }

    @Test(arguments: [
      (["recipe", "train.bacth_size"], "did you mean train.batch_size?"),
      (["trian"], "train"), (["train", "--ouptut", "x", "r.yaml"], "--output"),
      (["train"], "recipe"),
      (["compare", "r.yaml", "--seeds", "0,x"], "--seeds"),
      (["compare", "r.yaml", "--methods", "vanilla,cgs"], "'cgs'"),
      (["compare", "r.yaml", "s.yaml", "--methods", "csg"], "one recipe"),
      (["diagnose", "c"], "--data"),
      (["diagnose", "c", "--data", "d", "--stage", "layer3,layr4"], "did you mean layer4?"),
      (["diagnose", "c", "--data", "d", "--stage", "fc"], "stem, layer1, layer2, layer3, layer4"),
      (["diagnose", "c", "--data", "d", "--limit", "1"], "--limit"),
      (["diagnose", "c", "--data", "d", "--data", "d"], "d twice"),
      (["diagnose", "c", "c", "--data", "d"], "named twice"),
      (["diagnose", "c", "b", "--data", "d", "--names", "one"], "--names"),
      (["diagnose", "c", "b", "--data", "d", "--names", "a,a"], "'a'"),
    ])
    func aMisusedCommandNamesWhatWasMeant(_ arguments: [String], _ meant: String) throws {
      let outcome = try Command.run(arguments)
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains(meant))
      #expect(outcome.output.isEmpty)
    }

    /// An empty name, used as a path, would lead to the root of the file system.
    @Test(arguments: [
      ["train", "r.yaml", "--output", ""], ["train", "r.yaml", "--output="],
      ["train", "r.yaml", "--save-initial", ""], ["train", ""],
      ["train", "r.yaml", "--resume", ""],
      ["compare", "r.yaml", "--output", ""], ["diagnose", "c", "--data", "d", "--output", ""],
      ["report", "run", "--output", ""], ["report", ""], ["convert", "c", ""],
      ["convert", "", "c"],
      ["predict", "c", "x.png", "--output", ""], ["predict", "c", "x.png", ""],
      ["evaluate", "c", "--data", "d", "--predictions", ""], ["evaluate", "c", "--data", ""],
      ["datasets", "make", "streets", "--output", ""], ["datasets", "check", ""],
    ])
    func anEmptyPathIsRefused(_ arguments: [String]) throws {
      let outcome = try Command.run(arguments)
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains("is empty; expected a path"), "\(outcome.errors)")
    }

    @Test(arguments: ["nonsense", "cuda:x", "cuda:0:1"])
    func aDeviceThatIsNoneNamesTheChoices(_ device: String) throws {
      let outcome = try SmallRun().train("--device", device)
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains("'\(device)'"))
      #expect(outcome.errors.contains("auto, cpu, cuda or cuda:N"))
    }

    @Test(.enabled(if: !FileManager.default.fileExists(atPath: "/dev/nvidia0")))
    func aMissingGPUIsSaid() throws {
      let run = try SmallRun()
      let outcome = try run.train("--device", "cuda")
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("'cuda'"))
      #expect(outcome.sentence.contains("--device cpu"))
      #expect(!run.exists("run"))
    }
  }
}

extension SmallRun {
  /// Trains with its own choice of device.
  fileprivate func train(_ arguments: String...) throws -> Command.Outcome {
    try Command.run(["train", recipe, "--output", folder.path("run")] + arguments)
  }
}

import Foundation
import Testing

extension CommandSuite {
  /// Two processes on one output folder.
  @Suite struct SharedFolderTests {
    @Test func aSecondTrainingIsRefusedAndTouchesNothing() throws {
      let run = try SmallRun(iterations: 4000, every: 4000)
      let first = try Command.start(run.training())
      first.wait { run.lineCount("run/metrics.jsonl") > 0 }
      let environment = try String(
        contentsOfFile: run.folder.path("run/environment.json"), encoding: .utf8)
      let second = try run.train()
      #expect(second.exitCode == 1)
      #expect(
        second.sentence.contains(
          "run is in use by process \(first.process.processIdentifier) on "))
      #expect(
        try String(contentsOfFile: run.folder.path("run/environment.json"), encoding: .utf8)
          == environment)
      kill(first.process.processIdentifier, SIGKILL)
      #expect(try first.outcome().exitCode == SIGKILL)
      // The lock file that is left behind keeps nobody out.
      #expect(run.exists("run/.lock"))
      #expect(try run.train(set: ["train.iterations=1"]).exitCode == 0)
      #expect(!run.exists("run/.lock"))
    }

    @Test func aSecondComparisonIsRefused() throws {
      let run = try SmallRun(iterations: 4000, every: 4000)
      let arguments = [
        "compare", run.recipe, "--methods", "vanilla", "--seeds", "0", "--device", "cpu",
        "--threads", "1", "--output", run.folder.path("all"),
      ]
      let first = try Command.start(arguments)
      first.wait { run.lineCount("all/vanilla-seed0/metrics.jsonl") > 0 }
      let owner = "is in use by process \(first.process.processIdentifier) on "
      let second = try Command.run(arguments)
      #expect(second.exitCode == 1)
      #expect(second.sentence.contains("all \(owner)"))
      let training = try run.train(into: "all/vanilla-seed0")
      #expect(training.exitCode == 1)
      #expect(training.sentence.contains("vanilla-seed0 \(owner)"))
      kill(first.process.processIdentifier, SIGKILL)
      #expect(try first.outcome().exitCode == SIGKILL)
    }
  }
}

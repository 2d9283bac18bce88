import Foundation
import TensorFiles
import Testing

extension CommandSuite {
  /// Runs of any length, and checkpoints whose numbers were changed.
  @Suite struct ExtremeRunTests {
    @Test(arguments: [
      ("iteration", "-3"), ("iteration", "3"), ("iteration", "9223372036854775807"),
      ("iteration", "1e3"), ("seconds", "nan"), ("seconds", "-5"), ("seconds", "inf"),
      ("classes", "apple"),
    ])
    func aChangedCheckpointIsNamed(_ key: String, _ value: String) throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let last = run.folder.path("run/checkpoints/last.safetensors")
      var file = try TensorFile.read(last)
      file.metadata[key] = value
      try TensorFile.write(file, to: last)
      let outcome = try run.train(["--resume", "auto"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors == outcome.sentence + "\n")
      #expect(outcome.sentence.hasPrefix("Error: \(last)"))
      #expect(outcome.sentence.contains("\(key)") && outcome.sentence.contains(value))
    }

    @Test func secondsBeyondCountingAreShown() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let last = run.folder.path("run/checkpoints/last.safetensors")
      var file = try TensorFile.read(last)
      file.metadata["seconds"] = "1e300"
      try TensorFile.write(file, to: last)
      #expect(try run.train(["--resume", "auto"]).exitCode == 0)
    }

    @Test func aRunOfAnyLengthBeginsAtOnce() throws {
      let run = try SmallRun()
      let running = try Command.start(
        run.training(["--set", "train.iterations=9223372036854775807"]))
      running.wait { run.lineCount("run/metrics.jsonl") >= 3 }
      running.process.interrupt()
      let outcome = try running.outcome()
      #expect(outcome.exitCode == 130)
      #expect(outcome.sentence.contains("stopped after iteration"))
    }

    @Test func moreEpochsThanCanBeCountedAreRefused() throws {
      let run = try SmallRun()
      let outcome = try run.train(set: ["train={epochs: 4611686018427387904, batch_size: 4}"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("train.epochs is 4611686018427387904"))
      #expect(!run.exists("run"))
    }
  }
}

import FaultSupport
import Files
import Foundation
import Runs
import TensorFiles
import Testing
import Training

/// How a run continues, and what it reports about files that are not as it left them.
@Suite struct ResumptionTests {
  /// Takes down what a run warns of.
  private final class Listener: TrainingObserver {
    var warnings: [String] = []
    var evaluated: [Int] = []

    func observe(_ event: TrainingEvent) {
      switch event {
      case .damaged(let reason): warnings.append(reason)
      case .evaluated(let record): evaluated.append(record.iteration)
      default: break
      }
    }
  }

  @Test func theEvaluationsOfACheckpointCountAndItsLinesAreWrittenAnew() throws {
    let run = try TinyRun.withBest(at: 2)
    defer { run.remove() }
    try run.train(into: "run")
    let whole = try run.figures(of: "run")
    let evaluations = run.path("run/evaluations.jsonl")
    try Data("{\"iteration\":1,\"data".utf8).write(to: URL(fileURLWithPath: evaluations))
    let listener = Listener()
    try run.train(into: "run", observers: [listener])
    #expect(try run.figures(of: "run") == whole)
    #expect(listener.evaluated.isEmpty)
    #expect(listener.warnings.count == 1)
    #expect(listener.warnings.first?.contains("line 1 of \(evaluations) is not whole") == true)
  }

  @Test func aCheckpointHoldsTheTemperatureOfItsOwnEvaluation() throws {
    let run = try TinyRun.withBest(at: 2)
    defer { run.remove() }
    try run.train(into: "run")
    let folder = RunFolder(run.path("run"))
    for (path, iteration) in [(folder.bestCheckpoint, 2), (folder.lastCheckpoint, 3)] {
      let checkpoint = try Checkpoint(contentsOf: path)
      #expect(checkpoint.iteration == iteration)
      let calibration = try #require(checkpoint.calibration)
      let record = try #require(checkpoint.evaluations?.last { $0.iteration == iteration })
      let probabilities = try #require(record.probabilities)
      #expect(probabilities.temperature == calibration.temperature)
      #expect(probabilities.error == calibration.errorBefore)
      #expect(probabilities.calibratedError == calibration.errorAfter)
      #expect(calibration.samples == 4)
      // Where three of four are right by one margin m, m / T is the logit of 3/4; the calibrated softmax is right on the mean.
      let correct = Int((200 * record.accuracy - 100).rounded())
      let margin = Double(1 + correct % 10)
      #expect(abs(calibration.temperature - margin / log(3)) < 1e-9 * margin)
      #expect(calibration.errorAfter < 1e-9)
    }
  }

  @Test func damagedAndMissingStepsAreSaid() throws {
    let run = try TinyRun.withBest(at: 2)
    defer { run.remove() }
    try run.train(into: "run")
    let metrics = run.path("run/metrics.jsonl")
    let lines = try String(contentsOfFile: metrics, encoding: .utf8).split(separator: "\n")
    let damaged = [lines[0], lines[0], lines[1].prefix(9), lines[2]].joined(separator: "\n")
    try Data(damaged.utf8).write(to: URL(fileURLWithPath: metrics))
    let listener = Listener()
    try run.train(into: "run", observers: [listener])
    #expect(listener.warnings.count == 2)
    #expect(listener.warnings.first?.contains("line 3 of \(metrics) is not whole") == true)
    #expect(listener.warnings.last?.contains("lacks 1 of the steps 0 to 2") == true)
    let kept = try String(contentsOfFile: metrics, encoding: .utf8).split(separator: "\n")
    #expect(kept == [lines[0], lines[2]])
  }

  @Test func aRunGoesOnInANewFolderWithItsEvaluationsAndItsBestCheckpoint() throws {
    let run = try TinyRun.withBest(at: 2, iterations: 4)
    defer { run.remove() }
    try run.train(into: "whole")
    let whole = try run.figures(of: "whole")
    let checkpoint = try self.checkpoint(ofIteration: 3, of: run, into: "old")
    #expect(try run.train(into: "new", from: checkpoint).iteration < 3)
    var figures = try run.figures(of: "new")
    #expect(figures.results == whole.results)
    #expect(figures.evaluations == whole.evaluations)
    #expect(figures.best == whole.best)
    #expect(figures.metrics == Array(whole.metrics.suffix(1)))
    // After a restart no line appears twice.
    try run.train(into: "new")
    figures = try run.figures(of: "new")
    #expect(figures.metrics == Array(whole.metrics.suffix(1)))
  }

  @Test func aRunWhoseBestCheckpointIsLostIsNotContinued() throws {
    let run = try TinyRun.withBest(at: 2, iterations: 4)
    defer { run.remove() }
    let checkpoint = try self.checkpoint(ofIteration: 3, of: run, into: "old")
    try FileManager.default.removeItem(atPath: run.path("old/checkpoints/best.safetensors"))
    let evaluations = try Data(
      contentsOf: URL(fileURLWithPath: run.path("old/evaluations.jsonl")))
    for (name, from) in [("old", nil), ("new", checkpoint)] {
      let error = #expect(throws: TrainingError.self) { try run.train(into: name, from: from) }
      #expect("\(try #require(error))".contains("expected the checkpoint of iteration"))
    }
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: run.path("old/evaluations.jsonl")))
        == evaluations)
  }

  @Test func aCheckpointOfAnEarlierVersionTakesItsEvaluationsFromTheFile() throws {
    let run = try TinyRun.withBest(at: 2, iterations: 4)
    defer { run.remove() }
    try run.train(into: "whole")
    let whole = try run.figures(of: "whole")
    let old = try self.checkpoint(ofIteration: 3, of: run, into: "old")
    for name in ["last", "best"] {
      let path = run.path("old/checkpoints/\(name).safetensors")
      var file = try TensorFile.read(path)
      file.metadata["evaluations"] = nil
      file["evaluations"] = nil
      try TensorFile.write(file, to: path)
    }
    let file = RunFolder(run.path("old")).evaluations
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 3)
    try run.train(into: "new", from: old)
    #expect(try run.figures(of: "new").results == whole.results)

    // Half a line at the end: the evaluation of the checkpoint itself is made again.
    try Data(text.utf8.dropLast(40)).write(to: URL(fileURLWithPath: file))
    let listener = Listener()
    try run.train(into: "old", observers: [listener])
    #expect(listener.evaluated == [3, 4])
    #expect(listener.warnings.first?.contains("line 3 of \(file) is not whole") == true)
    let figures = try run.figures(of: "old")
    #expect(figures.results == whole.results)
    #expect(figures.evaluations == whole.evaluations)
    #expect(figures.metrics == whole.metrics)
  }

  @Test func truncatedEvaluationsOfAnEarlierVersionChangeNoFinishedRun() throws {
    let run = try TinyRun.withBest(at: 2)
    defer { run.remove() }
    try run.train(into: "run")
    let folder = RunFolder(run.path("run"))
    for path in [folder.lastCheckpoint, folder.bestCheckpoint] {
      var file = try TensorFile.read(path)
      file.metadata["evaluations"] = nil
      file["evaluations"] = nil
      try TensorFile.write(file, to: path)
    }
    let text = try String(contentsOfFile: folder.evaluations, encoding: .utf8)
    let results = try String(contentsOfFile: folder.results, encoding: .utf8)
    for lines in 0..<3 {
      let left = text.split(separator: "\n").prefix(lines).joined(separator: "\n")
      try Data(left.utf8).write(to: URL(fileURLWithPath: folder.evaluations))
      _ = try? run.train(into: "run")
      #expect(try String(contentsOfFile: folder.results, encoding: .utf8) == results)
    }
  }

  @Test func twoTrainersDoNotShareAFolder() throws {
    let run = try TinyRun.withBest(at: 2)
    defer { run.remove() }
    let lock = try RunFolder(run.path("run")).lock()
    let error = #expect(throws: TrainingError.self) { try run.train(into: "run") }
    #expect("\(try #require(error))".contains("is in use by process \(getpid()) on "))
    #expect(try run.names("run") == [".lock"])
    withExtendedLifetime(lock) {}
  }

  @Test func whatAKilledRunLeftHalfWrittenIsRemoved() throws {
    let run = try TinyRun.withBest(at: 2)
    defer { run.remove() }
    for name in ["run/.syn2real-1.part", "run/checkpoints/.syn2real-0af.part"] {
      let path = run.path(name)
      try FileSystem.current.createFolder((path as NSString).deletingLastPathComponent)
      try FileSystem.current.replace(path, with: Data("half".utf8))
    }
    try run.train(into: "run")
    for folder in ["run", "run/checkpoints"] {
      #expect(try run.names(folder).allSatisfy { !$0.hasPrefix(".") })
    }
  }

  /// The folder `name` as a run leaves it that is killed after `iteration` steps and their evaluation.
  private func checkpoint(ofIteration iteration: Int, of run: TinyRun, into name: String) throws
    -> String
  {
    try run.train(into: name, killedAfter: iteration)
    return RunFolder(run.path(name)).lastCheckpoint
  }
}

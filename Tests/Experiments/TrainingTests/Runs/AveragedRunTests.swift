import FaultSupport
import Files
import Foundation
import Runs
import TensorFiles
import Testing
import Training

/// Runs whose weights are averaged.
@Suite struct AveragedRunTests {
  private static let averagings = [WeightAveraging.exponential(decay: 0.5), .uniform(start: 0.2)]

  private func run(_ averaging: WeightAveraging?, iterations: Int = 6) throws -> TinyRun {
    var options = TinyRun.Options()
    options.averaging = averaging
    return try TinyRun(iterations: iterations, seed: 3, options: options)
  }

  @Test(arguments: averagings)
  func aKilledRunLeavesWhatAWholeOneDoes(averaging: WeightAveraging) throws {
    let run = try run(averaging)
    defer { run.remove() }
    try run.train(into: "whole")
    let whole = try run.figures(of: "whole")
    #expect(whole.average != nil)
    for point in 1..<6 {
      let name = "killed-\(point)"
      try run.train(into: name, killedAfter: point)
      try run.train(into: name)
      #expect(try run.figures(of: name) == whole)
    }
  }

  /// Whatever operation on files is the last before a run is killed.
  @Test func aRunIsBegunAgainWhereverItWasKilled() throws {
    let run = try run(.uniform(start: 0.4), iterations: 3)
    defer { run.remove() }
    let operations = FaultyOperations()
    try FileSystem.$current.withValue(FileSystem(operations)) { _ = try run.train(into: "whole") }
    operations.end()
    let whole = try run.figures(of: "whole")
    for point in stride(from: 1, through: operations.count, by: 2) {
      let name = "run-\(point)"
      let killed = FaultyOperations(.kill, at: point)
      _ = try? FileSystem.$current.withValue(FileSystem(killed)) { try run.train(into: name) }
      killed.end()
      try run.train(into: name)
      let isSame = try run.figures(of: name) == whole
      #expect(isSame, "killed at \(point)")
      try FileManager.default.removeItem(atPath: run.path(name))
    }
  }

  @Test func averagingChangesNothingOfTheRunItself() throws {
    let (plain, averaged) = (try run(nil), try run(.exponential(decay: 0.9)))
    defer {
      plain.remove()
      averaged.remove()
    }
    try plain.train(into: "run")
    let results = try averaged.train(into: "run")
    let (own, other) = (try averaged.figures(of: "run"), try plain.figures(of: "run"))
    #expect(own.metrics == other.metrics)
    #expect(own.evaluations.filter { !$0.contains("\"weights\"") } == other.evaluations)
    #expect(own.evaluations.count == 2 * other.evaluations.count)
    #expect(student(own.best) == student(other.best))
    let average = try #require(results.average)
    #expect(average.name == "ema")
    #expect(average.evaluations.allSatisfy { $0.weights == .average && $0.selection == "source" })
    #expect(results.evaluations.allSatisfy { $0.weights == nil })
    #expect(results.headlines == average.evaluations)
    #expect(other.average == nil)
  }

  /// A moving average that keeps nothing, and a mean over the last step alone, are the weights of that step.
  @Test(arguments: [WeightAveraging.exponential(decay: 0), .uniform(start: 0.84)])
  func anAverageOfOneStepIsItsWeights(averaging: WeightAveraging) throws {
    let run = try run(averaging)
    defer { run.remove() }
    try run.train(into: "run")
    let figures = try run.figures(of: "run")
    let average = try #require(figures.average)
    #expect(average.metadata["weights"] == "average")
    if average.metadata["iteration"] == figures.last.metadata["iteration"] {
      #expect(student(average) == student(figures.last))
    }
    #expect(
      student(average).count == average.entries.count - 1, "more than student and evaluations")
  }

  @Test func noRunGoesOnFromAveragedWeights() throws {
    let run = try run(.exponential(decay: 0.5))
    defer { run.remove() }
    try run.train(into: "run")
    let path = RunFolder(run.path("run")).averageCheckpoint
    #expect(throws: TrainingError.averagedCheckpoint(path: path)) {
      try run.train(into: "run", from: path)
    }
  }

  private func student(_ file: StateDictionary) -> [String: Data] {
    var tensors: [String: Data] = [:]
    for entry in file.entries where entry.name.hasPrefix("encoder_q.") {
      tensors[entry.name] = Data(entry.tensor.bytes)
    }
    return tensors
  }
}

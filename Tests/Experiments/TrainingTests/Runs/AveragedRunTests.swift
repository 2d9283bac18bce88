import FaultSupport
import Files
import Foundation
import Runs
import TensorFiles
import Testing
import Training

/// Runs whose weights are averaged.
@Suite struct AveragedRunTests {
  private static let averagings = [
    WeightAveraging.exponential(decay: 0.5), .uniform(start: 0.2), .flat(Self.short),
  ]

  /// A rule that finds a start in a few steps.
  private static var short: SWADRule.Settings {
    var settings = SWADRule.Settings()
    (settings.startPatience, settings.endPatience, settings.tolerance) = (2, 2, 1)
    return settings
  }

  private func run(_ averaging: WeightAveraging?, iterations: Int = 6) throws -> TinyRun {
    var options = TinyRun.Options()
    options.averaging = averaging
    return try TinyRun(iterations: iterations, seed: 3, options: options)
  }

  @Test(arguments: averagings)
  func aKilledRunLeavesWhatAWholeOneDoes(averaging: WeightAveraging) throws {
    let run = try run(averaging)
    defer { run.remove() }
    let results = try run.train(into: "whole")
    let whole = try run.figures(of: "whole")
    #expect(whole.average != nil)
    for point in 1..<(results.stopped?.iteration ?? 6) {
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

  /// Losses on held-out images choose the steps; the last average is the run's, and the run ends with it.
  @Test func aRunEndsWhereItsFlatAverageDoes() throws {
    let run = try run(.flat(Self.short), iterations: 40)
    defer { run.remove() }
    let results = try run.train(into: "run")
    let average = try #require(results.average)
    let (first, last) = (try #require(average.first), try #require(average.last))
    let stopped = try #require(results.stopped)
    #expect(first < last)
    #expect(stopped.iteration == last + 2)
    #expect(average.iteration == stopped.iteration)
    #expect(stopped.reason.contains("threshold of SWAD"))
    #expect(average.evaluations.allSatisfy { $0.selection == "source" })
    let figures = try run.figures(of: "run")
    #expect(figures.average?.metadata["iteration"] == "\(stopped.iteration)")
    // It stays so, also where the figures are lost.
    try FileManager.default.removeItem(atPath: RunFolder(run.path("run")).results)
    try run.train(into: "run")
    #expect(try run.figures(of: "run") == figures)
  }

  @Test func aFlatAverageNeedsHeldOutImages() {
    #expect("\(ExperimentError.nothingToAverageBy)".contains("data.held_out"))
    #expect("\(ExperimentError.noLossToAverageBy)".contains("'swa'"))
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

import Foundation
import Runs
import Testing
import Training

/// A run that ends when its held-out figure no longer improves.
@Suite struct PatienceTests {
  /// A run of at most 40 steps, judged after each, that waits for two evaluations.
  private func run(patience: Int? = 2) throws -> TinyRun {
    var options = TinyRun.Options()
    options.patience = patience
    return try TinyRun(iterations: 40, seed: 1, options: options)
  }

  @Test func theRunEndsAfterTheEvaluationsThatItWaits() throws {
    let run = try run()
    defer { run.remove() }
    let results = try run.train(into: "run")
    let stopped = try #require(results.stopped)
    #expect(stopped.iteration == results.iteration + 2)
    #expect(stopped.iteration < 40)
    #expect(stopped.reason.contains("2 evaluations in a row were no better"))
    // Until then no evaluation was the second in a row that is no better than all before.
    let figures = try Self.figures(run, "run")
    #expect(figures.count == stopped.iteration)
    var (best, waited) = (-1.0, 0)
    for (index, figure) in figures.enumerated() {
      waited = figure > best ? 0 : waited + 1
      best = max(best, figure)
      #expect((waited == 2) == (index == figures.count - 1))
    }
  }

  @Test func withoutPatienceItTakesAllItsSteps() throws {
    let run = try run(patience: nil)
    defer { run.remove() }
    #expect(try run.train(into: "run").stopped == nil)
    #expect(try Self.figures(run, "run").count == 40)
  }

  @Test func aKilledRunEndsWhereAWholeOneDoes() throws {
    let run = try run()
    defer { run.remove() }
    let whole = try run.train(into: "whole")
    let end = try #require(whole.stopped).iteration
    for point in [1, end - 2, end - 1] {
      let name = "killed-\(point)"
      try run.train(into: name, killedAfter: point)
      try run.train(into: name)
      #expect(try run.figures(of: name) == run.figures(of: "whole"))
    }
    // Killed between the last evaluation and the figures.
    let folder = RunFolder(run.path("whole"))
    let text = try run.figures(of: "whole")
    try FileManager.default.removeItem(atPath: folder.results)
    try run.train(into: "whole")
    #expect(try run.figures(of: "whole") == text)
    // A finished run stays as it is.
    try run.train(into: "whole")
    #expect(try run.figures(of: "whole") == text)
  }

  @Test func patienceNeedsSyntheticImagesThatAreHeldOut() throws {
    #expect("\(ExperimentError.nothingToWaitFor)".contains("data.held_out"))
    let log = EvaluationLog()
    #expect(log.evaluationsWithoutImprovement == 0)
  }

  /// The figure of each evaluation, in order.
  private static func figures(_ run: TinyRun, _ name: String) throws -> [Double] {
    let path = RunFolder(run.path(name)).evaluations
    return JSONLines<EvaluationRecord>(contentsOf: path).lines.map(\.value.headline)
  }
}

import Foundation
import Generalization
import Runs
import Testing
import Training

/// Runs whose rates a policy chooses.
@Suite struct LearnedRatesTests {
  private func run(_ policy: RatePolicySettings?, iterations: Int = 6) throws -> TinyRun {
    var options = TinyRun.Options()
    options.ratePolicy = policy
    return try TinyRun(iterations: iterations, seed: 3, options: options)
  }

  private static var policy: RatePolicySettings {
    var policy = RatePolicySettings()
    (policy.scales, policy.width, policy.episode) = ([0, 1, 3], 4, 2)
    return policy
  }

  @Test func aKilledRunLeavesWhatAWholeOneDoes() throws {
    let run = try run(Self.policy)
    defer { run.remove() }
    try run.train(into: "whole")
    let whole = try run.figures(of: "whole")
    let scales = try Self.scales(run, "whole")
    #expect(scales.count == 6)
    #expect(scales[0] == 1)
    #expect(scales.allSatisfy { [0, 1, 3].contains($0) })
    #expect(Set(scales.dropFirst()) != [1])
    for point in 1..<6 {
      let name = "killed-\(point)"
      try run.train(into: name, killedAfter: point)
      try run.train(into: name)
      #expect(try run.figures(of: name) == whole)
    }
  }

  /// A policy that has one factor alone to choose.
  @Test func theChosenFactorIsThatOfTheBackbonesRate() throws {
    var frozen = Self.policy
    frozen.scales = [0]
    var own = Self.policy
    own.scales = [1]
    let runs = try [nil, own, frozen].map { try run($0) }
    defer { runs.forEach { $0.remove() } }
    let weights = try runs.map { run in
      try run.train(into: "run")
      return try run.figures(of: "run").last.entries.filter { $0.name.hasPrefix("encoder_q.") }
    }
    for (plain, same) in zip(weights[0], weights[1]) {
      #expect(Data(plain.tensor.bytes) == Data(same.tensor.bytes), "\(plain.name)")
    }
    let isSame = zip(weights[0], weights[2]).map {
      Data($0.tensor.bytes) == Data($1.tensor.bytes)
    }
    #expect(isSame.contains(false))
  }

  @Test func mistakesAreNamed() throws {
    var empty = Self.policy
    empty.scales = []
    let run = try run(empty)
    defer { run.remove() }
    #expect(throws: ExperimentError.noRateScales) { try run.train(into: "run") }
    #expect("\(ExperimentError.nothingToRewardBy)".contains("data.held_out"))
    #expect("\(ExperimentError.noLayersToRate)".contains("'none'"))
  }

  private static func scales(_ run: TinyRun, _ name: String) throws -> [Double] {
    let path = RunFolder(run.path(name)).metrics
    return JSONLines<StepRecord>(contentsOf: path).lines
      .compactMap { $0.value.figures["rate_scale_stem"] }
  }
}

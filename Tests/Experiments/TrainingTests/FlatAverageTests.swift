import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN
import Training

/// SWAD: sequences of losses and weights, with the start, the end, the threshold and the mean that Algorithm 1 of the paper gives
/// when it is written down word for word (`makers/options.py`).
@Suite struct FlatAverageTests {
  struct Case: Decodable {
    let losses: [Double]
    let startPatience: Int
    let endPatience: Int
    let tolerance: Double
    let start: Int?
    let end: Int?
    let threshold: Double?
    let every: Int
    let weights: [[Float]]
    let mean: [Double]

    private enum CodingKeys: String, CodingKey {
      case losses
      case startPatience = "start_patience"
      case endPatience = "end_patience"
      case tolerance
      case start
      case end
      case threshold
      case every
      case weights
      case mean
    }

    var settings: SWADRule.Settings {
      var settings = SWADRule.Settings()
      settings.startPatience = startPatience
      settings.endPatience = endPatience
      settings.tolerance = tolerance
      return settings
    }

    /// The losses that are seen before the average ends.
    var seen: ArraySlice<Double> {
      losses.prefix(end.map { $0 + endPatience + 1 } ?? losses.count)
    }
  }

  private struct Cases: Decodable {
    let cases: [Case]
  }

  private final class Head: Module {
    let values: Parameter
    init() throws { values = try Parameter([2]) }
  }

  private let cases: [Case]

  init() throws {
    cases = try Fixture.json("flat-averages", as: Cases.self).cases
  }

  @Test func startAndEndAreThoseOfThePaper() throws {
    #expect(SWADRule.Settings().startPatience == 3)
    #expect(SWADRule.Settings().endPatience == 6)
    #expect(cases.count == 24)
    #expect(cases.filter { $0.end != nil }.count > 7)
    #expect(cases.filter { $0.start != nil && $0.end == nil }.count > 7)
    for (number, example) in cases.enumerated() {
      var rule = SWADRule(example.settings)
      for (place, loss) in example.losses.enumerated() {
        rule.see(loss)
        #expect(rule.isOver == (example.end != nil && place + 1 >= example.seen.count))
      }
      #expect(rule.losses == Array(example.seen), "case \(number)")
      let lowest = example.losses.min().flatMap(example.losses.firstIndex(of:))
      #expect(rule.start == example.start ?? lowest, "case \(number)")
      #expect((rule.threshold == nil) == (example.threshold == nil), "case \(number)")
      if let threshold = rule.threshold, let expected = example.threshold {
        #expect(abs(threshold - expected) <= 1e-12 * expected, "case \(number)")
      }
      if let end = example.end { #expect(rule.end == end, "case \(number)") }
    }
  }

  private func network() throws -> AveragedNetwork { try AveragedNetwork(head: Head()) }

  /// Gives the head the weights of some steps and the average their losses, as a run does.
  private func train(
    _ network: AveragedNetwork, _ average: WeightAverage, _ example: Case, steps: Range<Int>
  ) throws {
    for step in steps {
      try network.headTensors.load(["fc_new.values": Tensor(example.weights[step])])
      try average.update(after: step + 1)
      let place = (step + 1) / example.every - 1
      if (step + 1) % example.every == 0, place < example.losses.count {
        try average.judge(loss: example.losses[place], after: step + 1)
      }
    }
  }

  @Test func theMeanIsThatOfTheStepsBetween() throws {
    for (number, example) in cases.enumerated() {
      let network = try network()
      let average = WeightAverage(of: network, by: .flat(example.settings), iterations: 1)
      try train(network, average, example, steps: 0..<example.weights.count)
      let mean = try #require(try average.values()["fc_new.values"])
      let expected = try Tensor(example.mean.map(Float.init))
      try expectClose(mean, expected, within: 1e-6, "case \(number)")
      #expect(average.isOver == (example.end != nil))
      let bounds = try #require(average.bounds)
      if let start = example.start { #expect(bounds.lowerBound == example.every * (start + 1)) }
      if let end = example.end {
        #expect(bounds.upperBound == example.every * (end + 1))
        #expect(average.count == example.every * (end - (example.start ?? 0)) + 1)
      }
    }
  }

  @Test func itGoesOnBitForBitFromEveryStep() throws {
    for example in cases.prefix(12) {
      let one = try network()
      let whole = WeightAverage(of: one, by: .flat(example.settings), iterations: 1)
      let steps = example.weights.count
      try train(one, whole, example, steps: 0..<steps)
      let values: [Float] = try #require(try whole.values()["fc_new.values"]).scalars()
      for stop in 0...steps {
        let network = try network()
        let first = WeightAverage(of: network, by: .flat(example.settings), iterations: 1)
        try train(network, first, example, steps: 0..<stop)
        let second = WeightAverage(of: network, by: .flat(example.settings), iterations: 1)
        try second.load(first.stateDict().mapValues { try $0.clone() })
        #expect(second.count == first.count)
        try train(network, second, example, steps: stop..<steps)
        let own: [Float] = try #require(try second.values()["fc_new.values"]).scalars()
        #expect(own == values, "stopped after \(stop)")
        #expect(second.bounds == whole.bounds)
      }
    }
  }

  @Test func aStateThatDoesNotFitIsRefused() throws {
    let example = cases[0]
    let network = try network()
    let average = WeightAverage(of: network, by: .flat(example.settings), iterations: 1)
    try train(network, average, example, steps: 0..<4)
    let state = try average.stateDict()
    for key in ["iterations", "sum0.fc_new.values", "sum0.count"] {
      #expect(throws: StateDictMismatch.self, "\(key)") {
        try average.load(state.filter { $0.key != key })
      }
    }
    #expect(throws: StateDictMismatch.self) {
      try average.load(state.filter { !$0.key.hasPrefix("sum0.") })
    }
    let other = WeightAverage(of: network, by: .uniform(start: 0), iterations: 4)
    try other.update(after: 1)
    #expect(throws: StateDictMismatch.self) { try average.load(other.stateDict()) }
    #expect(throws: StateDictMismatch.self) { try other.load(state) }
  }
}

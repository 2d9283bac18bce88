import Generalization
import Testing
import Torch
import TorchNN

/// Decisions about the rates of layers.
@Suite struct RateControllerTests {
  private static func settings(episode: Int = 3) -> RatePolicySettings {
    var settings = RatePolicySettings()
    settings.scales = [0, 0.5, 1]
    settings.width = 8
    settings.episode = episode
    settings.learningRate = 0.05
    return settings
  }

  /// Numbers of [0, 1) in an order of their own.
  private struct Draws {
    var state: UInt64
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
  }

  private static func controller(_ settings: RatePolicySettings) throws -> RateController {
    try RateController(layers: 2, settings, using: Generator(seed: 5))
  }

  /// Makes decisions; the figure rises by what the last factors of the first layer deserve.
  private static func decide(_ controller: RateController, _ numbers: Range<Int>) throws -> [[Int]]
  {
    var all: [[Int]] = []
    for number in numbers {
      let figure = Double(number % 4) / 10
      var draws = Draws(state: UInt64(number))
      try controller.decide(
        .init(figure: figure, norms: [1 + figure, 2], progress: Double(number) / 40)
      ) { draws.next() }
      all.append(controller.choices)
    }
    return all
  }

  @Test func ratesAreTheirOwnBeforeTheFirstDecision() throws {
    let controller = try Self.controller(Self.settings())
    #expect(controller.scales == [1, 1])
    let chosen = try Self.decide(controller, 0..<1)
    #expect(controller.scales == chosen[0].map { [0, 0.5, 1][$0] })
    #expect(controller.decisionCount == 1)
    controller.take([2, 0])
    #expect(controller.scales == [1, 0])
  }

  @Test func itGoesOnBitForBitAfterEveryDecision() throws {
    let whole = try Self.controller(Self.settings())
    let expected = try Self.decide(whole, 0..<14)
    let last = try whole.stateDict()
    for stop in 0...13 {
      let first = try Self.controller(Self.settings())
      _ = try Self.decide(first, 0..<stop)
      let second = try RateController(layers: 2, Self.settings(), using: Generator(seed: 9))
      try second.load(first.stateDict().mapValues { try $0.clone() })
      #expect(second.scales == first.scales)
      #expect(try Self.decide(second, stop..<14) == Array(expected[stop...]), "after \(stop)")
      for (key, tensor) in try second.stateDict() {
        let own: [Double] = try tensor.detached().converted(to: .float64).scalars()
        let other: [Double] = try #require(last[key]).detached().converted(to: .float64).scalars()
        #expect(own == other, "\(key), after \(stop)")
      }
    }
  }

  /// Where the first factor is always followed by a gain and the others by a loss, it is chosen more and more often.
  @Test func itLearnsWhatIsRewarded() throws {
    let controller = try Self.controller(Self.settings(episode: 4))
    var draws = Draws(state: 1)
    var (figure, right) = (0.5, [Int]())
    for _ in 0..<240 {
      try controller.decide(.init(figure: figure, norms: [1, 1], progress: 0.5)) { draws.next() }
      let isRight = controller.choices[0] == 0
      right.append(isRight ? 1 : 0)
      figure += isRight ? 0.01 : -0.01
    }
    let (early, late) = (right.prefix(40).reduce(0, +), right.suffix(40).reduce(0, +))
    #expect(early < 28, "\(early) of 40")
    #expect(late > 34, "\(late) of 40")
  }

  @Test func aStateThatDoesNotFitIsRefused() throws {
    let controller = try Self.controller(Self.settings())
    _ = try Self.decide(controller, 0..<5)
    let state = try controller.stateDict()
    for key in ["record", "choices", "policy.head.weight", "optimizer.steps"] {
      #expect(throws: StateDictMismatch.self, "\(key)") {
        try controller.load(state.filter { $0.key != key })
      }
    }
    let other = try RateController(layers: 3, Self.settings(), using: Generator(seed: 5))
    #expect(throws: StateDictMismatch.self) { try other.load(state) }
  }
}

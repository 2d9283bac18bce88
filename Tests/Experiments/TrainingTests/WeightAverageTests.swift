import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN
import Training

/// The averages are those of PyTorch's `AveragedModel` with `use_buffers=True`.
@Suite struct WeightAverageTests {
  /// A linear layer and a batch norm, as a head.
  private final class Head: Module {
    static let stateKeys = ["linear": "0", "norm": "1"]
    let linear: Linear
    let norm: BatchNorm2d

    init() throws {
      linear = try Linear(3, 4)
      norm = try BatchNorm2d(4)
    }
  }

  private let fixture: StateDict

  init() throws {
    fixture = try Fixture("options").tensors.below("average.")
  }

  /// The network with the reference's weights after each of its steps.
  private func train(_ network: AveragedNetwork, _ average: WeightAverage, steps: Range<Int>) throws
  {
    for step in steps {
      try network.head.load(fixture.below("step\(step)."))
      try average.update(after: step + 1)
    }
  }

  @Test(arguments: [
    ("ema", WeightAveraging.exponential(decay: 0.8), 8), ("swa", .uniform(start: 0.5), 4),
  ])
  func theAverageIsPyTorchs(name: String, averaging: WeightAveraging, count: Int) throws {
    let network = try AveragedNetwork(head: Head())
    let average = WeightAverage(of: network, by: averaging, iterations: 8)
    try train(network, average, steps: 0..<8)
    #expect(average.count == count)
    let values = try average.values()
    let keys = ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"]
    #expect(Set(values.keys) == Set(keys.map { "fc_new." + $0 }))
    for key in keys {
      let expected = try #require(fixture["\(name).\(key)"])
      try expectClose(#require(values["fc_new." + key]), expected, within: 1e-6, key)
    }
  }

  /// A run of 4 steps averages 3 and 4; made 8 steps long, it averages 5 to 8 alone, as one that was so long from the start, whether
  /// it goes on from its end or from the step before.
  @Test(arguments: [3, 4]) func aLongerRunAveragesItsOwnLastPart(resumed: Int) throws {
    let network = try AveragedNetwork(head: Head())
    let short = WeightAverage(of: network, by: .uniform(start: 0.5), iterations: 4)
    try train(network, short, steps: 0..<resumed)
    #expect(short.count == resumed - 2)
    let long = WeightAverage(of: network, by: .uniform(start: 0.5), iterations: 8)
    try long.load(short.stateDict())
    let whole = WeightAverage(of: network, by: .uniform(start: 0.5), iterations: 8)
    for step in resumed..<8 {
      try network.head.load(fixture.below("step\(step)."))
      for average in [long, whole] { try average.update(after: step + 1) }
    }
    #expect(long.count == 4)
    let (found, expected) = (try long.values(), try whole.values())
    for (key, value) in expected {
      try expectClose(#require(found[key]), value, within: 0, key)
    }
  }

  @Test(arguments: [WeightAveraging.exponential(decay: 0.8), .uniform(start: 0.5)])
  func averagingGoesOnBitForBit(averaging: WeightAveraging) throws {
    let (one, two) = (try AveragedNetwork(head: Head()), try AveragedNetwork(head: Head()))
    let whole = WeightAverage(of: one, by: averaging, iterations: 8)
    try train(one, whole, steps: 0..<8)
    for stop in 0...8 {
      let first = WeightAverage(of: two, by: averaging, iterations: 8)
      try train(two, first, steps: 0..<stop)
      let second = WeightAverage(of: two, by: averaging, iterations: 8)
      try second.load(first.stateDict().mapValues { try $0.clone() })
      try train(two, second, steps: stop..<8)
      #expect(second.count == whole.count)
      for (key, tensor) in try whole.stateDict() {
        let own: [Double] = try tensor.converted(to: .float64).scalars()
        let other: [Double] = try #require(try second.stateDict()[key]).converted(to: .float64)
          .scalars()
        #expect(own == other, "\(key), stopped after \(stop)")
      }
    }
  }

  @Test func theStudentHasItsOwnWeightsAgain() throws {
    let network = try AveragedNetwork(head: Head())
    let average = WeightAverage(of: network, by: .exponential(decay: 0.8), iterations: 8)
    try train(network, average, steps: 0..<8)
    func weights() throws -> [[Float]] {
      try network.head.namedTensors().filter { $0.tensor.dtype == .float32 }
        .map { try $0.tensor.detached().scalars() }
    }
    let own = try weights()
    let applied = try average.applied { try weights() }
    #expect(applied != own)
    #expect(try weights() == own)
    struct Failure: Error {}
    #expect(throws: Failure.self) { try average.applied { throw Failure() } }
    #expect(try weights() == own)
  }

  /// Of changes of low rank the weights are averaged that they give, not the factors.
  @Test(arguments: [WeightAveraging.exponential(decay: 0.8), .uniform(start: 0)])
  func changesOfLowRankAreAveragedAsProducts(averaging: WeightAveraging) throws {
    func network() throws -> AveragedNetwork {
      let network = try AveragedNetwork(head: Head())
      guard let head = network.head as? Head else { return network }
      try Filling.fill(head.linear)
      try head.linear.freeze()
      try head.linear.adapt(rank: 2, scale: 0.5, using: Generator(seed: 1))
      return network
    }
    let network = try network()
    let average = WeightAverage(of: network, by: averaging, iterations: 3)
    let lora = network.headTensors.filter {
      $0.name.hasSuffix("lora.a") || $0.name.hasSuffix("lora.b")
    }
    var expected: Tensor?
    for step in 0..<3 {
      try lora.load(
        StateDict(
          uniqueKeysWithValues: lora.map {
            ($0.name, try Filling.uniform("\(step).\($0.name)", $0.tensor.shape, -1, 1))
          }))
      try average.update(after: step + 1)
      let merged = try #require(
        try StateDict(network.headTensors).mergingAdapters()["fc_new.0.weight"])
      expected =
        switch averaging {
        case .exponential: try expected.map { try $0 * 0.8 + merged * 0.2 } ?? merged
        case .uniform: try (expected ?? .zeros(merged.shape)) + merged / 3
        case .flat: nil
        }
    }
    let mean = try #require(expected)
    let own = StateDict(network.headTensors)
    try average.applied {
      let weights = try own.mergingAdapters()
      try expectClose(#require(weights["fc_new.0.weight"]), mean, within: 1e-6)
    }
    // Afterwards the factors are the student's own again; what was averaged can be saved and goes on.
    for entry in lora {
      try expectClose(
        entry.tensor, Filling.uniform("2.\(entry.name)", entry.tensor.shape, -1, 1), within: 0)
    }
    let resumed = WeightAverage(of: network, by: averaging, iterations: 3)
    try resumed.load(average.stateDict().mapValues { try $0.clone() })
    for (key, value) in try average.values() {
      try expectClose(#require(try resumed.values()[key]), value, within: 0, key)
    }
  }

  @Test func aStateThatDoesNotFitIsRefused() throws {
    let network = try AveragedNetwork(head: Head())
    let average = WeightAverage(of: network, by: .uniform(start: 0), iterations: 8)
    try train(network, average, steps: 0..<2)
    var state = try average.stateDict()
    state["fc_new.0.weight"] = nil
    #expect(throws: StateDictMismatch.self) { try average.load(state) }
  }
}

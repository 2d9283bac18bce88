import Testing
import Torch
import TorchNN

@Suite("Starting values")
struct InitializationTests {
  @Test("A linear layer starts uniform within one over the root of its inputs, bias too")
  func linear() throws {
    let layer = try Linear(64, 400)
    try layer.initialize(using: Generator(seed: 1))
    for values in try [layer.weight.tensor.doubles(), layer.bias.tensor.doubles()] {
      #expect(values.allSatisfy { abs($0) <= 0.125 })
      #expect(values.contains { $0 > 0.115 } && values.contains { $0 < -0.115 })
    }
    let weight = try layer.weight.tensor.doubles()
    let variance = weight.map { $0 * $0 }.reduce(0, +) / Double(weight.count)
    #expect(abs(variance * 3 * 64 - 1) < 0.03)
  }

  @Test("A convolution starts normal with variance 2 over fan-out", arguments: [1, 2])
  func convolution(groups: Int) throws {
    let layer = try Convolution2d(32, 64, kernel: 3, geometry: .init(groups: groups))
    try layer.initialize(using: Generator(seed: 2))
    let weight = try layer.weight.tensor.doubles()
    #expect(weight.count == 64 * 32 / groups * 9)
    let variance = weight.map { $0 * $0 }.reduce(0, +) / Double(weight.count)
    let fanOut = Double(64 / groups * 9)
    #expect(abs(variance * fanOut / 2 - 1) < 0.06)
    #expect(abs(weight.reduce(0, +) / Double(weight.count)) < 0.01)
  }

  @Test("A norm starts as the identity")
  func norm() throws {
    let norm = try BatchNorm2d(2, epsilon: 0)
    try norm.weight.initialize(to: 5)
    try norm.bias.initialize(to: 5)
    try norm.initialize(using: Generator(seed: 0))
    let x = try Tensor.normal([1, 2, 3, 3], generator: Generator(seed: 3))
    #expect(try norm(x).scalars(Float.self) == x.scalars(Float.self))
  }

  @Test("The same seed gives the same weights all through a network, another seed others")
  func seeds() throws {
    let networks = try [4, 4, 5].map { (seed: UInt64) in
      let network = try SampleNetwork()
      try network.initialize(using: Generator(seed: seed))
      return network.stateDict()
    }
    for (key, tensor) in networks[0] {
      #expect(try networks[1][key]?.doubles() == tensor.doubles(), "\(key)")
    }
    #expect(
      try networks[2]["first_layer.weight"]?.doubles()
        != networks[0]["first_layer.weight"]?.doubles())
    #expect(
      try networks[0]["blocks.0.weight"]?.doubles() != networks[0]["blocks.1.weight"]?.doubles())
  }
}

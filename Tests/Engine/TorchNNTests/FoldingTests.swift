import Testing
import Torch
import TorchNN

@Suite("Batch norm folded into the convolution before it")
struct FoldingTests {
  private let convolution: Convolution2d
  private let norm: BatchNorm2d
  private let x: Tensor
  private let upstream: Tensor

  init() throws {
    let generator = try Generator(seed: 11)
    func normal(_ shape: [Int]) throws -> Tensor {
      try .normal(shape, dtype: .float64, generator: generator)
    }
    func positive(_ shape: [Int]) throws -> Tensor {
      try .uniform(shape, dtype: .float64, generator: generator) + 0.5
    }
    convolution = try Convolution2d(
      4, 6, kernel: 3, geometry: .init(stride: 2, padding: .same, groups: 2))
    norm = try BatchNorm2d(6, epsilon: 1e-3)
    try convolution.weight.tensor.become(normal([6, 2, 3, 3]))
    try norm.weight.tensor.become(positive([6]))
    try norm.bias.tensor.become(normal([6]))
    try norm.runningMean.tensor.become(normal([6]))
    try norm.runningVar.tensor.become(positive([6]))
    x = try normal([3, 4, 8, 7])
    upstream = try normal([3, 6, 4, 4])
    try x.requireGradient()
  }

  private var leaves: [Tensor] {
    [x, convolution.weight.tensor, norm.weight.tensor, norm.bias.tensor]
  }

  private func gradients(of output: Tensor) throws -> [Tensor] {
    for leaf in leaves { try leaf.clearGradient() }
    try (output * upstream).sum().backward()
    return try leaves.map { try #require(try $0.gradient()).clone() }
  }

  @Test("Outputs and the gradients of map, kernel, γ and β are those of the norm after it")
  func equivalence() throws {
    let plain = try norm(convolution(x))
    let folded = try convolution(x, normalizedBy: norm)
    #expect(folded.dtype == .float64)
    #expect(try relativeDifference(folded, plain) < 1e-12)
    let expected = try gradients(of: plain)
    let found = try gradients(of: folded)
    for (name, pair) in zip(["x", "kernel", "gamma", "beta"], zip(found, expected)) {
      #expect(try relativeDifference(pair.0, pair.1) < 1e-12, "\(name)")
    }
  }

  @Test("Frozen layers give the same, each time")
  func frozen() throws {
    let expected = try convolution(x, normalizedBy: norm).doubles()
    try freeze()
    for _ in 1...2 { #expect(try convolution(x, normalizedBy: norm).doubles() == expected) }
  }

  @Test("Weights loaded into frozen layers that have run already count from then on")
  func loadingFrozen() throws {
    try freeze()
    _ = try convolution(x, normalizedBy: norm)
    try convolution.load(["weight": convolution.weight.tensor * 2])
    let expected = try norm(convolution(x))
    #expect(try relativeDifference(convolution(x, normalizedBy: norm), expected) < 1e-12)
  }

  @Test("Tensors loaded one by one, or given another storage, count from then on")
  func loadingTensorsOfFrozenLayers() throws {
    try freeze()
    let changes: [() throws -> Void] = [
      { try convolution.namedTensors().load(["weight": convolution.weight.tensor * 2]) },
      {
        try norm.namedTensors().load(
          ["bias": norm.bias.tensor + 1], optional: { _ in true }, allowsUnexpected: true)
      },
      { try norm.runningMean.tensor.become(norm.runningMean.tensor * 3) },
      { try withoutGradients { try norm.runningVar.tensor.multiplyInPlace(2) } },
      { _ = try norm.normalizingByBatch(convolution(x)) },
    ]
    for (index, change) in changes.enumerated() {
      let before = try convolution(x, normalizedBy: norm)
      try change()
      let after = try convolution(x, normalizedBy: norm)
      let expected = try norm(convolution(x))
      #expect(try relativeDifference(after, expected) < 1e-12, "change \(index)")
      #expect(try relativeDifference(before, expected) > 1e-3, "change \(index)")
    }
  }

  @Test("Each of two frozen norms is folded by itself, however often they take turns")
  func twoNorms() throws {
    let other = try BatchNorm2d(6, epsilon: 1e-3)
    try other.runningMean.tensor.become(norm.runningMean.tensor - 2)
    try other.weight.tensor.become(norm.weight.tensor * 3)
    for tensor in [other.bias.tensor, other.runningVar.tensor] {
      try tensor.become(tensor.converted(to: .float64))
    }
    try freeze()
    try other.freeze()
    for norm in [norm, other, norm, other] {
      let found = try convolution(x, normalizedBy: norm)
      #expect(try relativeDifference(found, norm(convolution(x))) < 1e-12)
    }
  }

  @Test("A frozen kernel under a trained norm is folded anew at each step")
  func trainedNorm() throws {
    try convolution.freeze()
    try withoutGradients { _ = try convolution(x, normalizedBy: norm) }
    try convolution(x, normalizedBy: norm).sum().backward()
    try withoutGradients { try norm.weight.tensor.fillInPlace(3) }
    let expected = try norm(convolution(x))
    let found = try convolution(x, normalizedBy: norm)
    #expect(try relativeDifference(found, expected) < 1e-12)
    try found.sum().backward()
  }

  private func freeze() throws {
    try convolution.freeze()
    try norm.freeze()
  }
}

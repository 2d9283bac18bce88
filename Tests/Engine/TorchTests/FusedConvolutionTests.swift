import Testing
import Torch

/// Convolutions in float32 on the CPU: with their activation in the same pass, by Winograd's filtering where it suits.
@Suite("Fused convolutions")
struct FusedConvolutionTests {
  struct Shape: Sendable {
    let batch: Int
    let inputs: Int
    let outputs: Int
    let height: Int
    let width: Int
    var dilation = 1

    /// One of each way that the work is cut up.
    static let winograd = [
      // Tiles that stick out on both sides, channels that are not alike.
      Shape(batch: 3, inputs: 48, outputs: 80, height: 13, width: 15),
      // Several pieces of tiles.
      Shape(batch: 4, inputs: 64, outputs: 32, height: 60, width: 56),
      // Several pieces of kernels, and depths of more than one step.
      Shape(batch: 8, inputs: 320, outputs: 336, height: 7, width: 8),
      // Interleaved maps, some of them narrower.
      Shape(batch: 2, inputs: 32, outputs: 32, height: 30, width: 33, dilation: 2),
      Shape(batch: 1, inputs: 32, outputs: 48, height: 31, width: 32, dilation: 4),
    ]
  }

  /// What a convolution gives, and the gradients of Σ cos(i)·y_i.
  private struct Outcome {
    let output: Tensor
    let gradients: [Tensor]
  }

  @Test(
    "Winograd's filtering gives the plain convolution and its gradients", arguments: Shape.winograd)
  func winograd(shape: Shape) throws {
    for activation in [Activation.identity, .relu, .relu6] {
      let operands = try operands(shape)
      let found = try outcome(operands, .float32, shape.dilation, activation)
      let expected = try outcome(operands, .float64, shape.dilation, activation)
      try expectAgreement(found, expected)
      let recordingNothing = try operands[0].convolved(
        weight: operands[1], scale: operands[2], bias: operands[3], padding: shape.dilation,
        dilation: shape.dilation, activation: activation)
      #expect(try recordingNothing.doubles() == found.output.doubles())
      // Another way to sum rounds otherwise: so it was Winograd's.
      let sides = Array(repeating: shape.dilation, count: 4)
      let plain = try operands[0].padded(sides).convolved(
        weight: operands[1], scale: operands[2], bias: operands[3], dilation: shape.dilation,
        activation: activation)
      #expect(try plain.doubles() != found.output.doubles())
    }
  }

  @Test("NaN stays NaN in Winograd's filtering", arguments: [Activation.identity, .relu, .relu6])
  func notANumber(activation: Activation) throws {
    let operands = try operands(Shape.winograd[0])
    for broken in [nil, 0, 1, 2, 3] as [Int?] {
      let given = try operands.indices.map {
        $0 == broken ? try Self.withNaN(operands[$0]) : operands[$0]
      }
      let y = try given[0].convolved(
        weight: given[1], scale: given[2], bias: given[3], padding: 1, activation: activation)
      #expect(try y.doubles().contains(where: \.isNaN) == (broken != nil))
    }
  }

  /// The same elements, one of them NaN.
  private static func withNaN(_ tensor: Tensor) throws -> Tensor {
    var elements = try tensor.scalars() as [Float]
    elements[elements.count / 3] = .nan
    return try Tensor(elements, shape: tensor.shape)
  }

  @Test(
    "An activation in the same pass is the one after it, gradients too",
    arguments: [Activation.relu, .relu6], [1, 2])
  func activations(activation: Activation, stride: Int) throws {
    for (kernel, groups) in [(1, 1), (3, 1), (5, 24)] {
      let generator = try Generator(seed: 7)
      let operands = [
        try Tensor.normal([2, 24, 11, 9], generator: generator).channelsLast(),
        try Tensor.normal([24, 24 / groups, kernel, kernel], generator: generator),
        try Tensor.normal([24], generator: generator),
        try Tensor.normal([24], generator: generator) * 3,
      ]
      func outcome(_ dtype: DType) throws -> Outcome {
        try self.outcome(operands, dtype) { x, weight, scale, bias throws(TorchError) in
          try x.convolved(
            weight: weight, scale: scale, bias: bias, stride: stride, padding: kernel / 2,
            groups: groups,
            activation: activation)
        }
      }
      let (found, expected) = (try outcome(.float32), try outcome(.float64))
      try expectAgreement(found, expected)
      let separate = try self.outcome(operands, .float64) {
        x, weight, scale, bias throws(TorchError) in
        let y = try x.convolved(
          weight: weight * scale.reshaped([-1, 1, 1, 1]), bias: bias, stride: stride,
          padding: kernel / 2, groups: groups)
        return try activation == .relu ? y.relu() : y.relu6()
      }
      #expect(try separate.output.doubles() == expected.output.doubles())
      for (one, other) in zip(separate.gradients, expected.gradients) {
        #expect(agree(try one.doubles(), try other.doubles()))
      }
    }
  }

  /// For these oneDNN writes behind its memory on processors with AVX-512, which ends the process sooner or later: with so
  /// many shapes it did in each of five tries.
  @Test("1×1 kernels on few images are computed alike in one thread and in two")
  func pointwiseInOneThread() throws {
    let threads = Libtorch.threadCount
    defer { try? Libtorch.setThreadCount(threads) }
    var operands = try operands(Shape.winograd[0])
    operands[1] = try operands[1].narrowed(2, 0..<1).narrowed(3, 0..<1).clone()
    func outcome(_ dtype: DType, threads: Int) throws -> Outcome {
      try Libtorch.setThreadCount(threads)
      return try self.outcome(operands, dtype) { x, weight, scale, bias throws(TorchError) in
        try x.convolved(weight: weight, scale: scale, bias: bias)
      }
    }
    let alone = try outcome(.float32, threads: 1)
    try expectAgreement(alone, outcome(.float64, threads: 1))
    // Where libtorch takes another way for one thread, it rounds otherwise.
    let together = try outcome(.float32, threads: 2)
    #expect(try alone.output.doubles() == together.output.doubles())
    #expect(try alone.gradients[0].doubles() == together.gradients[0].doubles())
  }

  @Test("A stride of 1×1 kernels of few channels", arguments: [2, 3])
  func stridedPointwise(stride: Int) throws {
    for index in 0..<300 {
      let (inputs, outputs) = (3 + index % 14, [8, 16, 32, 70][index % 4])
      let (batch, side) = (1 + 2 * (index % 4), 10 + index % 15)
      let generator = try Generator(seed: UInt64(index))
      let operands = [
        try Tensor.normal([batch, inputs, side, side], generator: generator).channelsLast(),
        try Tensor.normal([outputs, inputs, 1, 1], generator: generator),
        try Tensor.normal([outputs], generator: generator) * 0.5 + 1,
        try Tensor.normal([outputs], generator: generator),
      ]
      let found = try outcome(operands, .float32) { x, weight, scale, bias throws(TorchError) in
        try x.convolved(weight: weight, scale: scale, bias: bias, stride: stride)
      }
      // The same kernels amid zeros.
      let expected = try outcome(operands, .float64) { x, weight, scale, bias throws(TorchError) in
        try x.convolved(
          weight: weight.padded([1, 1, 1, 1]), scale: scale, bias: bias, stride: stride, padding: 1)
      }
      try expectAgreement(found, expected)
    }
  }

  @Test("Only the gradients that are wanted, with and without a bias")
  func partialGradients() throws {
    let operands = try operands(Shape.winograd[0])
    let weight = try operands[1].clone()
    try weight.requireGradient()
    let y = try operands[0].convolved(weight: weight, padding: 1, activation: .relu)
    try y.sum().backward()
    let expected = try operands[1].converted(to: .float64)
    try expected.requireGradient()
    let plain = try operands[0].converted(to: .float64).convolved(weight: expected, padding: 1)
    try plain.relu().sum().backward()
    let (found, reference) = (
      try #require(try weight.gradient()), try #require(try expected.gradient())
    )
    #expect(try difference(found, reference) < 1e-5)
    #expect(try operands[0].gradient() == nil)
  }

  @Test("Operands that do not fit are errors, also where nothing but the sizes would tell")
  func misfits() throws {
    let x = try Tensor.ones([2, 32, 16, 16])
    let weight = try Tensor.ones([32, 32, 3, 3])
    let short = try Tensor.ones([16])
    for activation in [Activation.identity, .relu, .relu6] {
      func convolve(
        _ weight: Tensor, scale: Tensor? = nil, bias: Tensor? = nil, stride: Int = 1,
        padding: Int = 1, dilation: Int = 1, groups: Int = 1
      ) {
        #expect(throws: TorchError.self) {
          try x.convolved(
            weight: weight, scale: scale, bias: bias, stride: stride, padding: padding,
            dilation: dilation, groups: groups, activation: activation)
        }
      }
      convolve(weight, bias: short)
      convolve(weight, scale: short)
      // A single number would multiply all kernels.
      try convolve(weight, scale: Tensor.ones([1]))
      try convolve(weight, bias: Tensor.ones([32], dtype: .float64))
      convolve(weight, padding: 0, dilation: 0)
      convolve(weight, padding: -1, dilation: -1)
      convolve(weight, stride: 0)
      convolve(weight, groups: 2)
      convolve(weight, padding: 0, dilation: 8)
      try convolve(Tensor.ones([32, 16, 3, 3]))
      try convolve(Tensor.ones([32, 16, 1, 1]), bias: short, padding: 0)
    }
  }

  @Test("A bias whose numbers do not stand side by side")
  func stridedBias() throws {
    let operands = try operands(Shape.winograd[0])
    let bias = operands[3]
    let pairs = try Tensor.concatenated([bias.unsqueezed(1), bias.unsqueezed(1) * 5], 1)
    let found = try operands[0].convolved(
      weight: operands[1], bias: pairs.selected(1, 0), padding: 1)
    let expected = try operands[0].convolved(weight: operands[1], bias: bias, padding: 1)
    #expect(try found.doubles() == expected.doubles())
  }

  @Test("The sum with a shortcut and its ReLU in one pass")
  func addRelu() throws {
    let first = try Tensor.leaf([-3, 1, 2, -1])
    let second = try Tensor.leaf([1, -1, 5, 4])
    let sum = try (first * 1).addReluInPlace(second)
    #expect(try sum.detached().doubles() == [0, 0, 7, 3])
    try (sum * Tensor([1.0, 2, 3, 4])).sum().backward()
    #expect(try first.gradient()?.doubles() == [0, 0, 3, 4])
    #expect(try second.gradient()?.doubles() == [0, 0, 3, 4])
    #expect(try second.detached().doubles() == [1, -1, 5, 4])
  }

  private func operands(_ shape: Shape) throws -> [Tensor] {
    let generator = try Generator(seed: 3)
    let fanIn = Double(9 * shape.inputs)
    return [
      try Tensor.normal(
        [shape.batch, shape.inputs, shape.height, shape.width], generator: generator
      ).channelsLast(),
      try Tensor.normal([shape.outputs, shape.inputs, 3, 3], generator: generator)
        * (2 / fanIn).squareRoot(),
      try Tensor.normal([shape.outputs], generator: generator) * 0.5 + 1,
      try Tensor.normal([shape.outputs], generator: generator),
    ]
  }

  private func outcome(
    _ operands: [Tensor], _ dtype: DType, _ dilation: Int, _ activation: Activation
  ) throws -> Outcome {
    try outcome(operands, dtype) { x, weight, scale, bias throws(TorchError) in
      try x.convolved(
        weight: weight, scale: scale, bias: bias, padding: dilation, dilation: dilation,
        activation: activation)
    }
  }

  private func outcome(
    _ operands: [Tensor], _ dtype: DType,
    _ convolve: (Tensor, Tensor, Tensor, Tensor) throws(TorchError) -> Tensor
  ) throws -> Outcome {
    let leaves = try operands.map { try $0.converted(to: dtype).clone() }
    for leaf in leaves { try leaf.requireGradient() }
    let y = try convolve(leaves[0], leaves[1], leaves[2], leaves[3])
    let count = y.shape.reduce(1, *)
    let generator = try Generator(seed: 5)
    let weights = try Tensor.normal([count], generator: generator).reshaped(y.shape)
    try (y * weights.converted(to: dtype)).sum().backward()
    return Outcome(
      output: try y.detached(), gradients: try leaves.map { try #require(try $0.gradient()) })
  }

  /// 1e-5 of the largest value; an output at the edge of its activation may fall on either side of it.
  private func expectAgreement(_ found: Outcome, _ expected: Outcome) throws {
    #expect(try difference(found.output, expected.output) < 1e-5)
    for (one, other) in zip(found.gradients, expected.gradients) {
      #expect(try difference(one, other) < 1e-5)
    }
  }

  private func difference(_ found: Tensor, _ expected: Tensor) throws -> Double {
    let gap: Double = try (found.converted(to: .float64) - expected).absolute().max().item()
    return gap / (try expected.absolute().max().item())
  }
}

import Testing
import Torch

/// Convolutions with a scale, a bias and a shortcut, in every way that their gradients are computed.
@Suite("Gradients of convolutions")
struct GradientsOfConvolutionsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs = 48
    var outputs = 70
    var side = 13
    var kernel = 3
    var stride = 1
    var groups = 1

    var testDescription: String {
      "\(kernel)×\(kernel) kernels, \(inputs) to \(outputs) channels, stride \(stride), \(groups) groups"
    }

    static let all = [
      // By Winograd's filtering.
      Case(inputs: 32, outputs: 48),
      // By oneDNN.
      Case(stride: 2),
      Case(inputs: 48, outputs: 48, groups: 48),
      // Gradients of kernels by products of this library: pairs of panels, one that is left over, rows that fill no block, several
      // steps of places.
      Case(inputs: 64, outputs: 24, kernel: 1),
      Case(inputs: 80, outputs: 70, kernel: 1),
      Case(inputs: 80, outputs: 33, kernel: 1, stride: 2),
      // Too few or too odd channels for them.
      Case(inputs: 7, kernel: 1),
    ]

    /// Kernels of one channel each, of which this library computes gradients in float32, and too few channels for that.
    static let depthwise = [
      Case(inputs: 48, outputs: 48, kernel: 5, groups: 48),
      Case(inputs: 32, outputs: 32, kernel: 5, stride: 2, groups: 32),
      Case(inputs: 8, outputs: 8, kernel: 5, groups: 8),
    ]
  }

  private struct Outcome {
    let output: [Double]
    /// Of the input, the kernels, their scale, the bias and the shortcut.
    let gradients: [[Double]]
    let types: [DType]
  }

  @Test(
    "With a shortcut, as float64 has them", arguments: Case.all + Case.depthwise, [1, 2])
  func shortcut(setting: Case, threads: Int) throws {
    let former = Libtorch.threadCount
    defer { try? Libtorch.setThreadCount(former) }
    try Libtorch.setThreadCount(threads)
    let operands = try operands(setting)
    let expected = try outcome(setting, operands.map { try $0.converted(to: .float64) })
    expectAgreement(try outcome(setting, operands), expected, within: 1e-5)
  }

  @Test(
    "In bfloat16 under autocast, with gradients in the type of their operands", arguments: Case.all)
  func bfloat16(setting: Case) throws {
    // Numbers that bfloat16 has, so that only the sums are rounded.
    let operands = try operands(setting).map {
      try $0.converted(to: .bfloat16).converted(to: .float32)
    }
    let found = try withAutocast(to: .bfloat16, on: .cpu) { try outcome(setting, operands) }
    // Sums close to 0 may be rounded to either side of it.
    let expected = try outcome(
      setting, operands.map { try $0.converted(to: .float64) }, passing: found.output)
    expectAgreement(found, expected, within: 0.005)
    #expect(found.types == Array(repeating: .float32, count: 5))
    let plain = try outcome(setting, operands)
    #expect(plain.output != found.output)
  }

  @Test("Kernels are rounded to bfloat16 once, after their scale")
  func roundedOnce() throws {
    let generator = try Generator(seed: 2)
    let weight = try Tensor.normal([40, 24, 1, 1], generator: generator)
    let scale = try Tensor.normal([40], generator: generator)
    // Each place holds a single one, so that the output is the kernels.
    let x = try Tensor(
      (0..<24 * 24).map { $0 % 25 == 0 ? 1 : 0 } as [Float], shape: [24, 24, 1, 1])
    let found = try withAutocast(to: .bfloat16, on: .cpu) {
      try x.convolved(weight: weight, scale: scale)
    }
    let kernels = try (weight * scale.reshaped([-1, 1, 1, 1])).converted(to: .bfloat16)
    #expect(found.dtype == .bfloat16)
    let transposed = try kernels.reshaped([40, 24]).transposed(0, 1)
    #expect(try found.reshaped([24, 40]).doubles() == transposed.doubles())
  }

  @Test("Without a bias there is no gradient of one", arguments: Case.all + Case.depthwise)
  func noBias(setting: Case) throws {
    let operands = try operands(setting)
    func gradients(_ bias: Tensor?, activation: Activation) throws -> [[Double]] {
      let (x, weight) = (try operands[0].clone(), try operands[1].clone())
      try x.requireGradient()
      try weight.requireGradient()
      try x.convolved(
        weight: weight, scale: operands[2], bias: bias, stride: setting.stride,
        padding: setting.kernel / 2, groups: setting.groups, activation: activation
      ).sum().backward()
      return try [x, weight].map { try #require(try $0.gradient()).doubles() }
    }
    let zeros = try Tensor.zeros([setting.outputs])
    for activation in [Activation.relu, .identity] {
      let found = try gradients(nil, activation: activation)
      #expect(try found == gradients(zeros, activation: activation))
    }
  }

  @Test("Kernels of one place have nothing to dilate", arguments: [1, 2])
  func dilatedPointwise(threads: Int) throws {
    let former = Libtorch.threadCount
    defer { try? Libtorch.setThreadCount(former) }
    try Libtorch.setThreadCount(threads)
    let generator = try Generator(seed: 3)
    let x = try Tensor.normal([1, 48, 12, 1], generator: generator)
    let weight = try Tensor.normal([16, 48, 1, 1], generator: generator)
    let bias = try Tensor.normal([16], generator: generator)
    func output(dilation: Int) throws -> [Double] {
      try x.convolved(
        weight: weight, bias: bias, stride: 2, padding: 1, dilation: dilation, activation: .relu
      ).doubles()
    }
    #expect(try output(dilation: 2) == output(dilation: 1))
  }

  @Test("NaN stays NaN where a shortcut is added", arguments: [DType.float32, .bfloat16])
  func notANumber(dtype: DType) throws {
    let operands = try operands(Case.all[3])
    var elements = try operands[4].scalars() as [Float]
    elements[5] = .nan
    let shortcut = try Tensor(elements, shape: operands[4].shape).channelsLast()
    func sum() throws -> Tensor {
      try operands[0].convolved(
        weight: operands[1], scale: operands[2], bias: operands[3], stride: 1, padding: 0,
        dilation: 1, groups: 1, rectifiedWith: shortcut)
    }
    let y = dtype == .float32 ? try sum() : try withAutocast(to: dtype, on: .cpu) { try sum() }
    #expect(y.dtype == dtype)
    #expect(try y.doubles().filter(\.isNaN).count == 1)
  }

  @Test("A gradient that another operation still needs is not overwritten")
  func sharedGradient() throws {
    let operands = try operands(Case.all[0])
    let weight = try operands[1].clone()
    try weight.requireGradient()
    let y = try operands[0].convolved(weight: weight, padding: 1, activation: .relu)
    // The gradient of both is the same tensor.
    let other = try Tensor.zeros(y.shape)
    try other.requireGradient()
    let factors = try y.detached() - 1
    try ((y + other) * factors).sum().backward()
    #expect(try #require(try other.gradient()).doubles() == factors.doubles())
    #expect(try factors.doubles().contains { $0 < 0 })
  }

  private func operands(_ setting: Case) throws -> [Tensor] {
    let generator = try Generator(seed: 9)
    let side = (setting.side - 1) / setting.stride + 1
    let fanIn = Double(setting.kernel * setting.kernel * setting.inputs / setting.groups)
    return [
      try Tensor.normal([3, setting.inputs, setting.side, setting.side], generator: generator)
        .channelsLast(),
      try Tensor.normal(
        [setting.outputs, setting.inputs / setting.groups, setting.kernel, setting.kernel],
        generator: generator
      ).channelsLast() * (1 / fanIn).squareRoot(),
      try Tensor.normal([setting.outputs], generator: generator) * 0.5 + 1,
      try Tensor.normal([setting.outputs], generator: generator),
      try Tensor.normal([3, setting.outputs, side, side], generator: generator).channelsLast(),
    ]
  }

  /// - Parameter outputs: where these are above zero, gradients pass; if nil, where the result is.
  private func outcome(
    _ setting: Case, _ operands: [Tensor], passing outputs: [Double]? = nil
  ) throws -> Outcome {
    let leaves = try operands.map { try $0.clone() }
    for leaf in leaves { try leaf.requireGradient() }
    let padding = setting.kernel / 2
    let generator = try Generator(seed: 5)
    var weights = try Tensor.normal(leaves[4].shape, generator: generator)
      .converted(to: .bfloat16).converted(to: .float64)
    let y: Tensor
    if let outputs {
      y =
        try leaves[0].convolved(
          weight: leaves[1], scale: leaves[2], bias: leaves[3], stride: setting.stride,
          padding: padding, groups: setting.groups) + leaves[4]
      weights = try weights * Tensor(outputs.map { $0 > 0 ? 1 : 0 } as [Double], shape: y.shape)
    } else {
      y = try leaves[0].convolved(
        weight: leaves[1], scale: leaves[2], bias: leaves[3], stride: setting.stride,
        padding: padding, dilation: 1, groups: setting.groups, rectifiedWith: leaves[4])
    }
    try (y.converted(to: .float64) * weights).sum().backward()
    let gradients = try leaves.map { try #require(try $0.gradient()) }
    return Outcome(
      output: try y.detached().relu().doubles(), gradients: try gradients.map { try $0.doubles() },
      types: gradients.map(\.dtype))
  }

  private func expectAgreement(_ found: Outcome, _ expected: Outcome, within tolerance: Double) {
    for (one, other) in zip(
      [found.output] + found.gradients, [expected.output] + expected.gradients)
    {
      // Relative to the root of the mean square.
      let size = (other.map { $0 * $0 }.reduce(0, +) / Double(other.count)).squareRoot()
      let gaps = zip(one, other).map { ($0 - $1) * ($0 - $1) }
      #expect((gaps.reduce(0, +) / Double(gaps.count)).squareRoot() <= tolerance * size)
    }
  }
}

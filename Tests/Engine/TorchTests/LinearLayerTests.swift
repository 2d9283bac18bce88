import Testing
import Torch

/// Linear layers with a first step and a change of low rank, in every way that they are computed.
@Suite("Linear layers")
struct LinearLayerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var step: Step
    /// Rows, inputs and outputs; the first are large enough for oneDNN and for gradients by products of this library.
    var shape: [Int]
    var hasBias = true
    var isChanged = false
    /// Whether the weight and the norm stay as they are.
    var isFrozen = false

    var testDescription: String {
      "\(step), \(shape), bias \(hasBias), change \(isChanged), frozen \(isFrozen)"
    }
    static let all =
      Step.allCases.map { Case(step: $0, shape: [300, 128, 160]) }
      + Step.allCases.map {
        Case(step: $0, shape: [300, 128, 160], isChanged: true, isFrozen: true)
      } + [
        Case(step: .gelu, shape: [300, 128, 160], isChanged: true),
        Case(step: .normalized, shape: [300, 128, 160], hasBias: false),
        // Channels that fill no vectors; too few rows for oneDNN.
        Case(step: .gelu, shape: [400, 99, 131]),
        Case(step: .normalized, shape: [6, 40, 30]),
        Case(step: .unchanged, shape: [6, 40, 30], isChanged: true),
      ]
  }

  enum Step: String, CaseIterable {
    case unchanged, gelu, quickGELU, normalized
  }

  /// x, γ, β, the weight, the bias, A and B.
  private struct Operands {
    var x, gamma, beta, weight, bias, a, b: Tensor

    init(_ shape: [Int]) throws {
      let generator = try Generator(seed: 5)
      func normal(_ shape: [Int], _ size: Double = 1) throws -> Tensor {
        try Tensor.normal(shape, generator: generator) * size
      }
      let (rows, inputs, outputs) = (shape[0], shape[1], shape[2])
      x = try normal([2, rows / 2, inputs])
      gamma = try normal([inputs])
      beta = try normal([inputs])
      weight = try normal([outputs, inputs], 0.1)
      bias = try normal([outputs])
      a = try normal([4, inputs], 0.1)
      b = try normal([outputs, 4])
    }
  }

  @Test("As float64 has them, with every kind of instructions", arguments: Case.all)
  func values(setting: Case) throws {
    let widest = VectorInstructions.chosen
    defer { VectorInstructions.limit(to: .avx512) }
    let expected = try outcome(setting, .float64)
    for instructions in [VectorInstructions.plain, .avx2, .avx512].filter({ $0 <= widest }) {
      VectorInstructions.limit(to: instructions)
      expectAgreement(try outcome(setting, .float32), expected)
    }
  }

  @Test("Under autocast the products are in bfloat16")
  func autocast() throws {
    let operands = try Operands([300, 128, 160])
    let y = try withAutocast(to: .bfloat16, on: .cpu) {
      try operands.x.linear(weight: operands.weight, bias: operands.bias, of: .gelu)
    }
    #expect(y.dtype == .bfloat16)
  }

  @Test("A trace has every step by itself, so that a network can be exported")
  func trace() throws {
    let operands = try Operands([6, 40, 30])
    let trace = try OperationTrace.of(operands.x) {
      try $0.linear(weight: operands.weight, bias: operands.bias, of: .gelu)
    }
    #expect(trace.steps.map(\.operation) == [.gelu, .projection])
  }

  @Test("The output may be changed in place")
  func inPlace() throws {
    let operands = try Operands([300, 128, 160])
    let weight = try operands.weight.clone()
    try weight.requireGradient()
    let y = try operands.x.linear(weight: weight, bias: nil, of: .unchanged)
    let x = try operands.x.reshaped([300, 128]).transposed()
    let expected = try y.detached().relu()
    let rectified = try y.addReluInPlace(.zeros(y.shape))
    #expect(try rectified.doubles() == expected.doubles())
    try rectified.sum().backward()
    let signs = try Tensor(
      expected.doubles().map { $0 > 0 ? 1 : 0 } as [Float], shape: [300, 160])
    let gradient = try #require(try weight.gradient())
    expectAgreement([try gradient.doubles()], [try x.matmul(signs).transposed().doubles()])
  }

  @Test("Products of matrices, transposed or not")
  func products() throws {
    let generator = try Generator(seed: 6)
    let a = try Tensor.normal([300, 128], generator: generator)
    for b in try [
      Tensor.normal([128, 160], generator: generator),
      Tensor.normal([160, 128], generator: generator).transposed(),
    ] {
      let expected = try a.converted(to: .float64).matmul(b.converted(to: .float64))
      expectAgreement([try a.matmul(b).doubles()], [try expected.doubles()])
    }
  }

  @Test("Operands that do not fit are refused")
  func refusal() throws {
    let operands = try Operands([6, 40, 30])
    #expect(throws: TorchError.self) {
      try operands.x.linear(weight: operands.a, bias: operands.bias, of: .unchanged)
    }
    #expect(throws: TorchError.self) {
      try operands.x.linear(
        weight: Tensor.zeros([30, 41]), bias: nil,
        of: .normalized(
          weight: operands.gamma, bias: operands.beta, epsilon: 1e-5))
    }
  }

  /// The output, and the gradients of what is trained.
  private func outcome(_ setting: Case, _ dtype: DType) throws -> [[Double]] {
    var operands = try Operands(setting.shape)
    for path in [\Operands.x, \.gamma, \.beta, \.weight, \.bias, \.a, \.b] as [WritableKeyPath] {
      operands[keyPath: path] = try operands[keyPath: path].converted(to: dtype).clone()
    }
    var trained = [operands.x]
    let input: LinearInput =
      switch setting.step {
      case .unchanged: .unchanged
      case .gelu: .gelu
      case .quickGELU: .quickGELU
      case .normalized: .normalized(weight: operands.gamma, bias: operands.beta, epsilon: 1e-5)
      }
    if !setting.isFrozen {
      trained.append(operands.weight)
      if setting.step == .normalized { trained += [operands.gamma, operands.beta] }
      if setting.hasBias { trained.append(operands.bias) }
    }
    if setting.isChanged { trained += [operands.a, operands.b] }
    for tensor in trained { try tensor.requireGradient() }
    let change = LowRankChange(
      a: operands.a, b: operands.b, scale: try Tensor.full([], 0.5, dtype: dtype))
    let y = try operands.x.linear(
      weight: operands.weight, bias: setting.hasBias ? operands.bias : nil, of: input,
      adding: setting.isChanged ? change : nil)
    try (y * y).sum().backward()
    return try [y.doubles()] + trained.map { try #require(try $0.gradient()).doubles() }
  }

  /// Every tensor within 1e-5 of its largest number.
  private func expectAgreement(_ found: [[Double]], _ expected: [[Double]]) {
    #expect(found.count == expected.count)
    for (index, (found, expected)) in zip(found, expected).enumerated() {
      let size = expected.map(abs).max() ?? 0
      let error = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
      #expect(
        found.count == expected.count && error <= 1e-5 * size,
        "tensor \(index): \(error) of \(size)")
    }
  }
}

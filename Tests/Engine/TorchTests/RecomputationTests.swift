import Testing
import Torch

@Suite struct RecomputationTests {
  /// Counts runs, and knows when nobody holds it any more.
  private final class Witness {
    var runs = 0
    var precisions: [DType] = []
    let onRelease: () -> Void

    init(onRelease: @escaping () -> Void = {}) {
      self.onRelease = onRelease
    }

    deinit {
      onRelease()
    }
  }

  private let x: Tensor
  private let weight: Tensor

  init() throws {
    let generator = try Generator(seed: 3)
    x = try Tensor.normal([3, 4], generator: generator)
    weight = try Tensor.normal([4, 4], generator: generator)
    try x.requireGradient()
    try weight.requireGradient()
  }

  private func gradients(_ loss: Tensor) throws -> [[Float]] {
    try loss.backward()
    defer { for tensor in [x, weight] { try? tensor.clearGradient() } }
    return try [x, weight].map { try #require(try $0.gradient()).scalars() }
  }

  /// relu(relu(x·W)·W + x), with the operations in place that a residual block has.
  private func body(_ x: Tensor, _ weight: Tensor) throws(TorchError) -> Tensor {
    let y = try x.matmul(weight).reluInPlace().matmul(weight)
    try y.addInPlace(x)
    return try y.reluInPlace()
  }

  @Test func valuesAndGradientsAreThoseOfThePlainPass() throws {
    let constant = try weight.detached()
    let plain = try body(body(x, weight), constant).sum()
    let expected = try gradients(plain)
    let first = try recomputed([x]) { x throws(TorchError) in try body(x[0], weight) }
    let second = try recomputed([first]) { x throws(TorchError) in try body(x[0], constant) }
    let loss = try second.sum()
    #expect(try loss.item() == plain.item())
    #expect(try gradients(loss) == expected)
  }

  @Test func gradientsOfSeveralInputsAddToThoseOfOtherWays() throws {
    let expected = try gradients((x * x.matmul(weight) + x).sum())
    let y = try x.matmul(weight)
    let product = try recomputed([x, y]) { x throws(TorchError) in try x[0] * x[1] }
    #expect(try gradients((product + x).sum()) == expected)
  }

  @Test func severalResultsHaveTheGradientsOfThePlainPass() throws {
    func pass(_ x: Tensor) throws(TorchError) -> [Tensor] {
      let y = try x.matmul(weight)
      // One result twice, one that nothing uses, and one without a gradient.
      return [y, try y.exp(), y, try y.detached(), try y * 3]
    }
    func loss(_ results: [Tensor]) throws -> Tensor {
      try (results[0] * results[1] + results[2] + results[3]).sum()
    }
    let expected = try gradients(loss(pass(x)))
    let results = try recomputed([x]) { x throws(TorchError) in try pass(x[0]) }
    #expect(results.count == 5)
    let found = try gradients(loss(results))
    for (found, expected) in zip(found, expected) {
      for (found, expected) in zip(found, expected) {
        #expect(abs(found - expected) <= 1e-5 * max(1, abs(expected)))
      }
    }
  }

  @Test func anotherNumberOfResultsAtTheSecondRunIsRefused() throws {
    let witness = Witness()
    let results = try recomputed([x]) { x throws(TorchError) in
      witness.runs += 1
      return try Array(repeating: x[0].exp(), count: witness.runs)
    }
    let error = #expect(throws: TorchError.self) { try results[0].sum().backward() }
    #expect(error?.message.contains("expected 1 results as at the first run, found 2") == true)
  }

  @Test func parametersLearnFromAnInputThatDoesNot() throws {
    let image = try x.detached()
    let loss = try recomputed([image]) { x throws(TorchError) in try x[0].matmul(weight) }.sum()
    try loss.backward()
    #expect(try weight.gradient() != nil)
    #expect(try image.gradient() == nil)
  }

  @Test func theBodyRunsAgainForTheBackwardPass() throws {
    let witness = Witness()
    let loss = try recomputed([x]) { x throws(TorchError) in
      witness.runs += 1
      return try x[0].exp()
    }.sum()
    #expect(witness.runs == 1)
    try loss.backward()
    #expect(witness.runs == 2)
  }

  @Test func theBodyIsLetGoOfOnce() throws {
    func released(goingBack: Bool, keepingResult: Bool) throws -> Int {
      var count = 0
      var result: Tensor?
      func pass() throws {
        let witness = Witness { count += 1 }
        result = try recomputed([x]) { x throws(TorchError) in
          witness.runs += 1
          return try x[0].exp()
        }.sum()
      }
      try pass()
      #expect(count == 0)
      if goingBack { try result?.backward() }
      if !keepingResult { result = nil }
      return withExtendedLifetime(result) { count }
    }
    #expect(try released(goingBack: true, keepingResult: true) == 1)
    #expect(try released(goingBack: true, keepingResult: false) == 1)
    #expect(try released(goingBack: false, keepingResult: false) == 1)
    #expect(try released(goingBack: false, keepingResult: true) == 0)
  }

  @Test func withoutGradientsItRunsOnceAsItIs() throws {
    let witness = Witness()
    let y = try withoutGradients {
      try recomputed([x]) { x throws(TorchError) in
        witness.runs += 1
        return try x[0].exp()
      }
    }
    #expect(witness.runs == 1)
    #expect(!y.requiresGradient)
  }

  @Test func whereNothingLearnsNothingComesBack() throws {
    let constant = try Tensor.ones([2])
    let y = try recomputed([constant]) { x throws(TorchError) in try x[0].exp() }
    try (y.sum() + x.sum()).backward()
    #expect(try constant.gradient() == nil)
  }

  @Test func anErrorOfTheFirstRunIsThrownAsItIs() throws {
    let error = #expect(throws: TorchError.self) {
      try recomputed([x]) { x throws(TorchError) in try x[0].matmul(x[0]) }
    }
    #expect(error?.operation == "matmul")
  }

  @Test func anErrorOfTheSecondRunIsThrownByBackward() throws {
    var released = 0
    func pass() throws {
      let witness = Witness { released += 1 }
      let loss = try recomputed([x]) { x throws(TorchError) in
        witness.runs += 1
        return try witness.runs == 1 ? x[0].exp() : x[0].matmul(x[0])
      }.sum()
      let error = #expect(throws: TorchError.self) { try loss.backward() }
      #expect(error?.operation == "backward")
      #expect(error?.message.contains("matmul of float32[3, 4], float32[3, 4] failed") == true)
    }
    try pass()
    #expect(released == 1)
  }

  @Test func anInputChangedInPlaceSinceIsRefused() throws {
    let y = try x.exp()
    let z = try recomputed([y]) { x throws(TorchError) in try x[0] + 1 }
    try y.multiplyInPlace(2)
    let error = #expect(throws: TorchError.self) { try z.sum().backward() }
    #expect(error?.message.contains("inplace") == true)
  }

  @Test func aResultThatIsTheInputKeepsItsHistory() throws {
    let y = try x.exp()
    let z = try recomputed([y]) { x throws(TorchError) in x[0] }
    try z.sum().backward()
    let values: [Float] = try x.exp().scalars()
    let gradient = try #require(try x.gradient())
    #expect(try gradient.scalars() == values)
  }

  @Test func theSecondRunHasTheAutocastModeOfTheFirst() throws {
    let witness = Witness()
    func pass() throws -> Tensor {
      try recomputed([x]) { x throws(TorchError) in
        let y = try x[0].matmul(weight)
        witness.precisions.append(y.dtype)
        return try y.converted(to: .float32)
      }.sum()
    }
    let rounded = try withAutocast(to: .bfloat16, on: .cpu) { try pass() }
    try rounded.backward()
    #expect(witness.precisions == [.bfloat16, .bfloat16])
    #expect(try x.matmul(weight).dtype == .float32)
    let exact = try pass()
    try withAutocast(to: .bfloat16, on: .cpu) {
      try exact.backward()
      #expect(try x.matmul(weight).dtype == .bfloat16)
    }
    #expect(witness.precisions == [.bfloat16, .bfloat16, .float32, .float32])
  }
}

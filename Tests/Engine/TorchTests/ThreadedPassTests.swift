import Testing
import Torch

/// Passes whose rows threads divide among themselves, against the same passes by all threads together.
@Suite struct ThreadedPassTests {
  private let weight: Tensor
  private let bias: Tensor

  init() throws {
    let generator = try Generator(seed: 5)
    weight = try Tensor.normal([6, 4], dtype: .float64, generator: generator)
    bias = try Tensor.normal([4], dtype: .float64, generator: generator)
  }

  /// Two results that learn, and one between them that does not.
  private func body(_ x: Tensor) throws -> [Tensor] {
    let y = try x.matmul(weight) + bias
    return [try y.relu(), try y.detached(), try (y * x.sum([1]).reshaped([-1, 1])).exp()]
  }

  private func input(rows: Int) throws -> Tensor {
    try Tensor.normal([rows, 6], dtype: .float64, generator: Generator(seed: 6)) * 0.1
  }

  /// The results, and the gradients of the parameters and the input.
  private func outcome(
    _ x: Tensor, _ pass: (Tensor) throws -> [Tensor]
  ) throws -> [[Double]] {
    let leaves = [weight, bias, x]
    for leaf in leaves { try leaf.requireGradient() }
    defer { for leaf in leaves { try? leaf.clearGradient() } }
    let results = try pass(x)
    #expect(results.map(\.requiresGradient) == [true, false, true])
    // Each row and each result has its own part in the loss, and the parameters another way to it.
    let factor = try Tensor.range(x.shape[0], dtype: .float64).reshaped([-1, 1])
    try ((results[0] * factor).sum() + (results[2] * results[1]).sum() + (weight * weight).sum())
      .backward()
    return try results.map { try $0.detached().doubles() }
      + leaves.map { try #require(try $0.gradient()).doubles() }
  }

  private func withThreads(_ count: Int, _ body: () throws -> Void) throws {
    let former = Libtorch.threadCount
    defer { try? Libtorch.setThreadCount(former) }
    try Libtorch.setThreadCount(count)
    try body()
  }

  /// Parts of one size and of two, one row for each, more parts than rows, and more parts than threads.
  @Test(arguments: [(8, 2), (7, 3), (3, 3), (2, 5), (9, 1)], [1, 2, 3])
  func resultsAndGradientsAreThoseOfTheWholePass(shape: (rows: Int, parts: Int), threads: Int)
    throws
  {
    try withThreads(threads) {
      let expected = try outcome(input(rows: shape.rows), body)
      let found = try outcome(input(rows: shape.rows)) { [self] x in
        try ThreadedPass(of: x, parts: shape.parts) { try body($0) }.joined { $0 }
      }
      for (found, expected) in zip(found, expected) { #expect(agree(found, expected)) }
    }
  }

  @Test func everyRunGivesTheSameBits() throws {
    try withThreads(2) {
      let runs = try (0..<20).map { _ in
        try outcome(input(rows: 9)) { [self] x in
          try ThreadedPass(of: x, parts: 5) { try body($0) }.joined { $0 }
        }
      }
      #expect(runs.allSatisfy { $0 == runs[0] })
    }
  }

  @Test func eachThreadComputesAlone() throws {
    try withThreads(2) {
      let pass = try ThreadedPass(of: input(rows: 4), parts: 2) { _ in Libtorch.threadCount }
      #expect(pass.outputs == [1, 1])
      #expect(Libtorch.threadCount == 2)
    }
  }

  @Test func aPassWithoutGradientsRecordsNone() throws {
    try weight.requireGradient()
    let x = try input(rows: 6)
    let results = try withoutGradients {
      try ThreadedPass(of: x, parts: 2) { [self] x in
        #expect(!recordsGradients)
        return try body(x)
      }.joined { $0 }
    }
    #expect(results.allSatisfy { !$0.requiresGradient })
    for (found, expected) in zip(results, try body(x)) {
      #expect(agree(try found.doubles(), try expected.doubles()))
    }
  }

  @Test func anErrorOfAThreadIsThrown() throws {
    struct Failure: Error, Equatable {
      let rows: Int
    }
    try withThreads(2) {
      #expect(throws: Failure(rows: 3)) {
        try ThreadedPass(of: input(rows: 5), parts: 2) { x in
          if x.shape[0] == 3 { throw Failure(rows: 3) }
          return [x]
        }
      }
    }
  }

  @Test func anErrorOfABackwardPassIsThrown() throws {
    try withThreads(2) {
      try weight.requireGradient()
      let x = try input(rows: 4)
      let results = try ThreadedPass(of: x, parts: 2) { [self] x in [try (x.matmul(weight)).exp()] }
        .joined { $0 }
      let loss = try results[0].sum()
      let y = try x.detached()
      try y.requireGradient()
      let spoiled = try ThreadedPass(of: y, parts: 2) { [self] x in [try (x.matmul(weight)).exp()] }
        .joined { $0 }
      // The backward pass to y needs it as it was.
      try weight.detached().addInPlace(Tensor.ones([6, 4], dtype: .float64))
      let error = #expect(throws: TorchError.self) { try spoiled[0].sum().backward() }
      #expect(error?.message.contains("modified by an inplace operation") == true)
      // The first needs only the input and its own results.
      try loss.backward()
      let again = #expect(throws: TorchError.self) { try loss.backward() }
      #expect(again != nil)
    }
  }

  @Test func inputsThatCannotBeDividedAreRefused() throws {
    #expect(throws: TorchError.self) { try ThreadedPass(of: .zeros([0, 6]), parts: 2) { $0 } }
    #expect(throws: TorchError.self) { try ThreadedPass(of: .zeros([]), parts: 2) { $0 } }
    #expect(throws: TorchError.self) { try ThreadedPass(of: .zeros([4]), parts: 0) { $0 } }
    let pass = try ThreadedPass(of: .zeros([3]), parts: 2) { Array(repeating: $0, count: $0.count) }
    #expect(throws: TorchError.self) { try pass.joined { $0 } }
  }
}

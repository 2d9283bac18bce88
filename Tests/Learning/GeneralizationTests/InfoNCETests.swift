import Foundation
import Generalization
import ReferenceSupport
import Testing
import Torch

@Suite struct InfoNCETests {
  @Test func logitsLossAndGradient() throws {
    let fixture = try Fixture("losses")
    let queries = try fixture["info_nce.z_query"].clone()
    try queries.requireGradient()
    let contrast = try InfoNCE(
      queries: queries, keys: fixture["info_nce.z_key"], negatives: fixture["info_nce.queue"],
      temperature: 0.07)
    try fixture.expect("info_nce.logits", contrast.logits, within: 1e-12)
    try fixture.expect("info_nce.loss", contrast.loss, within: 1e-12)
    try contrast.loss.backward()
    try fixture.expect("info_nce.gradient", #require(try queries.gradient()), within: 1e-12)
  }

  @Test func gradientAgreesWithFiniteDifferences() throws {
    let fixture = try Fixture("losses")
    let keys = try fixture["info_nce.z_key"]
    let negatives = try fixture["info_nce.queue"]
    try expectGradient(of: fixture["info_nce.z_query"]) {
      try InfoNCE(queries: $0, keys: keys, negatives: negatives, temperature: 0.07).loss
    }
  }

  /// If all similarities are equal, each of the 1 + K candidates is equally likely.
  @Test func lossOfIndifferenceIsLogOfCandidates() throws {
    let one = try Tensor.ones([1, 1], dtype: .float64)
    let contrast = try InfoNCE(
      queries: one, keys: one, negatives: Tensor.ones([1, 9], dtype: .float64), temperature: 0.07)
    #expect(abs(try contrast.loss.item() - log(10)) < 1e-12)
  }

  @Test func top1CountsOwnKeysThatAreNearest() throws {
    let queries = try Tensor([1.0, 0, 0, 1], shape: [2, 2])
    let negatives = try Tensor([0.0, 1], shape: [2, 1])
    let contrast = try InfoNCE(
      queries: queries, keys: Tensor([1.0, 0, 1, 0], shape: [2, 2]), negatives: negatives,
      temperature: 1)
    #expect(try contrast.top1.item() == 0.5)
  }

  @Test func orderOfNegativesDoesNotMatter() throws {
    let fixture = try Fixture("losses")
    func loss(_ negatives: Tensor) throws -> Double {
      try InfoNCE(
        queries: fixture["info_nce.z_query"], keys: fixture["info_nce.z_key"],
        negatives: negatives, temperature: 0.07
      ).loss.item()
    }
    let queue = try fixture["info_nce.queue"]
    #expect(abs(try loss(queue) - loss(queue.flipped([1]))) < 1e-12)
  }

  /// The loss goes through the queue piece by piece: queues shorter than a piece, of whole pieces, and with a remainder.
  @Test(arguments: [1, 7, 4095, 4096, 4097, 10_000, 65_536])
  func agreesWithTheFormulaInFloat64(capacity: Int) throws {
    let (queries, keys, negatives) = try unitVectors(capacity, .float64)
    let contrast = try InfoNCE(
      queries: queries, keys: keys, negatives: negatives, temperature: 0.07)
    try (contrast.loss * 3).backward()
    let expected = try formula(queries, keys, negatives)
    try expectClose(contrast.loss, expected.loss, within: 1e-10, "loss")
    try expectClose(contrast.logits, expected.logits, within: 1e-10, "logits")
    try expectClose(
      #require(try queries.gradient()), expected.gradient * 3, within: 1e-10, "gradient")
    let nearest = try expected.logits.argmax(1).isAtMost(0).converted(to: .float64).mean()
    #expect(try contrast.top1.item() == nearest.item())
  }

  /// Against the formula in float64 at the same values; each query adds at most 2/τN to the gradients.
  @Test(arguments: [1, 7, 4095, 4096, 4097, 10_000, 65_536])
  func float32IsWithinItsRounding(capacity: Int) throws {
    let (queries, keys, negatives) = try unitVectors(capacity, .float32)
    let contrast = try InfoNCE(
      queries: queries, keys: keys, negatives: negatives, temperature: 0.07)
    try contrast.loss.backward()
    let exact = try [queries, keys, negatives].map { try $0.detached().converted(to: .float64) }
    let expected = try formula(exact[0], exact[1], exact[2])
    func difference(_ a: Tensor, _ b: Tensor) throws -> Double {
      try (a.detached().converted(to: .float64) - b).absolute().max().item()
    }
    let gradient = try #require(try queries.gradient())
    #expect(contrast.loss.dtype == .float32 && gradient.dtype == .float32)
    #expect(
      try difference(contrast.loss, expected.loss) <= 1e-6 * max(1, expected.loss.item()))
    #expect(
      try difference(gradient, expected.gradient) <= 1e-6 * 2 / (0.07 * Double(gradient.shape[0])))
  }

  /// Loss, logits and the queries' gradient as they are written.
  private func formula(
    _ queries: Tensor, _ keys: Tensor, _ negatives: Tensor
  ) throws -> (loss: Tensor, logits: Tensor, gradient: Tensor) {
    let queries = try queries.detached().clone()
    try queries.requireGradient()
    let positive = try (queries * keys).sum([1], keeping: true)
    let logits = try Tensor.concatenated([positive, queries.matmul(negatives)], 1) / 0.07
    let loss = try logits.crossEntropy(Tensor.zeros([queries.shape[0]], dtype: .int64))
    try loss.backward()
    let gradient = try #require(try queries.gradient())
    return (try loss.detached(), try logits.detached(), gradient)
  }

  /// Similarities with exponentials that overflow.
  @Test func largeLogitsStayFinite() throws {
    let queries = try Tensor([1 as Float, -1], shape: [2, 1])
    try queries.requireGradient()
    let contrast = try InfoNCE(
      queries: queries, keys: Tensor([1 as Float, -1], shape: [2, 1]),
      negatives: Tensor([1 as Float, -1], shape: [1, 2]), temperature: 1e-4)
    try contrast.loss.backward()
    #expect(abs(try contrast.loss.item() - log(2)) < 1e-6)
    #expect(try #require(try queries.gradient()).isAllFinite())
  }

  @Test func gradientIsThatOfTheQueueBeforeItsNextKeys() throws {
    func gradient(_ enqueue: (Tensor) throws -> Void) throws -> [Float] {
      let (queries, keys, negatives) = try unitVectors(64, .float32)
      let contrast = try InfoNCE(
        queries: queries, keys: keys, negatives: negatives, temperature: 0.07)
      try enqueue(negatives)
      try contrast.loss.backward()
      return try #require(try queries.gradient()).scalars()
    }
    let late = try gradient { negatives in
      var queue = try KeyQueue(keys: negatives, position: 0)
      try queue.enqueue(.ones([10, 16]))
    }
    #expect(try late == gradient { _ in })
  }

  @Test func keysAndQueueGetNoGradient() throws {
    let (queries, keys, negatives) = try unitVectors(64, .float32)
    try keys.requireGradient()
    try negatives.requireGradient()
    try InfoNCE(queries: queries, keys: keys, negatives: negatives, temperature: 0.07)
      .loss.backward()
    #expect(try keys.gradient() == nil)
    #expect(try negatives.gradient() == nil)
    let unrecorded = try withoutGradients {
      try InfoNCE(queries: queries, keys: keys, negatives: negatives, temperature: 0.07).loss
    }
    #expect(!unrecorded.requiresGradient)
  }

  @Test func shapesThatDoNotFitAreErrors() throws {
    let (queries, keys, negatives) = try unitVectors(8, .float32)
    #expect(throws: TorchError.self) {
      try InfoNCE(
        queries: queries, keys: keys.narrowed(0, 0..<1), negatives: negatives, temperature: 1)
    }
    #expect(throws: TorchError.self) {
      try InfoNCE(
        queries: queries, keys: keys, negatives: negatives.transposed(), temperature: 1)
    }
  }

  /// Eleven queries, with keys near most of them, among random directions of 16 dimensions.
  private func unitVectors(
    _ capacity: Int, _ dtype: DType
  ) throws -> (queries: Tensor, keys: Tensor, negatives: Tensor) {
    let generator = try Generator(seed: 5)
    let queries = try Tensor.normal([11, 16], dtype: dtype, generator: generator).normalized(1)
    let noise = try Tensor.normal([11, 16], dtype: dtype, generator: generator) * 0.2
    let negatives = try Tensor.normal([16, capacity], dtype: dtype, generator: generator)
    try queries.requireGradient()
    return (
      queries, try (queries.detached() + noise).normalized(1), try negatives.normalized(0)
    )
  }
}

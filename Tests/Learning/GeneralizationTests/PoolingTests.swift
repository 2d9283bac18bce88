import Generalization
import ReferenceSupport
import Testing
import Torch

/// A-pool and average pooling, in float64.
@Suite struct PoolingTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture("losses")
  }

  @Test func attentionAndItsGradient() throws {
    let v = try leaf("pool.v")
    let weights = try attentionWeights(of: v)
    try expectClose(
      weights.reshaped([3, 4, 6]), fixture["pool.own.attention"], within: 1e-12, "attention")
    let pooled = try Pooling.attention(v, attentionFrom: v)
    try fixture.expect("pool.own.pooled", pooled, within: 1e-12)
    try (pooled * fixture["pool.upstream"]).sum().backward()
    try fixture.expect("pool.own.gradient", #require(try v.gradient()), within: 1e-12)
  }

  @Test func attentionFromAnotherMap() throws {
    let v = try leaf("pool.other.v")
    let w = try leaf("pool.w")
    let pooled = try Pooling.attention(v, attentionFrom: w)
    try fixture.expect("pool.other.pooled", pooled, within: 1e-12)
    try (pooled * fixture["pool.upstream"]).sum().backward()
    try fixture.expect("pool.other.gradient_v", #require(try v.gradient()), within: 1e-12)
    try fixture.expect("pool.other.gradient_w", #require(try w.gradient()), within: 1e-12)
  }

  @Test func average() throws {
    let v = try fixture["pool.v"]
    try fixture.expect("pool.average", Pooling.average(v, attentionFrom: v), within: 1e-12)
  }

  @Test func allZeroMapHasUniformAttention() throws {
    let zero = try Tensor.zeros([2, 3, 4, 5])
    try zero.requireGradient()
    let weights = try attentionWeights(of: zero)
    try expectClose(weights, Tensor.full([2, 1, 20], 0.05), within: 1e-6)
    try Pooling.attention(zero, attentionFrom: zero).sum().backward()
    #expect(try #require(try zero.gradient()).isAllFinite())
  }

  @Test func everyRowOfAttentionSumsToOne() throws {
    let weights = try attentionWeights(of: fixture["pool.v"])
    try expectClose(
      weights.sum([2]), Tensor.ones([3, 1], dtype: .float64), within: 1e-12)
  }

  @Test func channelsLastChangesNothing() throws {
    let v = try fixture["pool.v"]
    try expectClose(
      Pooling.attention(v.channelsLast(), attentionFrom: v.channelsLast()),
      Pooling.attention(v, attentionFrom: v), within: 1e-12)
  }

  /// Attention is the only way in which the scale of the source could enter.
  @Test func scaleOfTheSourceDoesNotMatter() throws {
    let v = try fixture["pool.v"]
    try expectClose(
      Pooling.attention(v, attentionFrom: v * 3), Pooling.attention(v, attentionFrom: v),
      within: 1e-12)
  }

  @Test func gradientAgreesWithFiniteDifferences() throws {
    let v = try (fixture["pool.v"] + 0.1).narrowed(0, 0..<1).clone()
    try expectGradient(of: v) { try Pooling.attention($0, attentionFrom: $0).power(2).sum() }
  }

  /// Maps of transformers have both signs: what points away from the mean gets nothing, and no weight is negative.
  @Test func placesAgainstTheMeanGetNoAttention() throws {
    let map = try Tensor([1.0, 3, -1, 1, 2, -4], shape: [1, 2, 1, 3])
    // w̄ = (1, −1/3): agreements 2/3, 7/3 and 1/3.
    let all = try attentionWeights(of: map)
    try expectClose(all, Tensor([0.2, 0.7, 0.1], shape: [1, 1, 3]), within: 1e-12)
    let against = try Tensor([2.0, 2, -1, 0, 3, 0], shape: [1, 2, 1, 3])
    // w̄ = (1, 1): agreements 2, 5 and −1.
    try expectClose(
      attentionWeights(of: against), Tensor([2.0 / 7, 5.0 / 7, 0], shape: [1, 1, 3]), within: 1e-12)
    try expectGradient(of: against) { try Pooling.attention($0, attentionFrom: $0).power(2).sum() }
  }

  @Test func mapOfAnotherRankIsAnError() throws {
    let flat = try Tensor.zeros([2, 3])
    #expect(throws: TorchError.self) { try Pooling.attention(flat, attentionFrom: flat) }
  }

  private func leaf(_ name: String) throws -> Tensor {
    let tensor = try fixture[name].clone()
    try tensor.requireGradient()
    return tensor
  }
}

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

  /// With all similarities equal each of the 1 + K candidates is as likely.
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
    #expect(try contrast.top1() == 0.5)
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
}

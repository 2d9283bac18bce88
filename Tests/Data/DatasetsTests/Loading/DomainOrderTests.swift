import CheckoutSupport
import DataTestSupport
import Datasets
import Foundation
import Testing

/// The order of several domains and the share that is held out, against Fixtures/make_domains.py.
@Suite struct DomainOrderTests {
  private struct Fixture: Decodable {
    let seed: UInt64
    let sizes: [Int]
    let batch: Int
    let pooled: [[Int]]
    let balanced: [[Int]]
    let passes: [[Int]]
    let share: Double
    let names: [String: [String]]
    let heldOut: [String: [String]]
  }

  private let fixture: Fixture

  init() throws {
    let path = Checkout.path("Tests/Data/DatasetsTests/Fixtures/domains.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    fixture = try decoder.decode(Fixture.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func pooledDomainsAreOneSet() {
    let order = BatchOrder(
      sampleCount: fixture.sizes.reduce(0, +), batchSize: fixture.batch, shuffleSeed: fixture.seed)
    #expect(order.batches(to: fixture.pooled.count).map(\.indices) == fixture.pooled)
  }

  @Test func balancedDomainsComeInRounds() {
    let domains = fixture.sizes.enumerated().flatMap { repeatElement($0, count: $1) }
    let order = BatchOrder(
      balancing: domains, batchSize: fixture.batch, shuffleSeed: fixture.seed)
    let batches = Array(order.batches(to: fixture.balanced.count))
    #expect(batches.map(\.indices) == fixture.balanced)
    #expect(batches.map(\.passes) == fixture.passes)
    for batch in batches {
      let drawn = batch.indices.map { domains[$0] }
      #expect(fixture.sizes.indices.allSatisfy { domain in drawn.count { $0 == domain } == 2 })
    }
    #expect(Array(order.batches(from: 4, to: 9)) == Array(batches.dropFirst(4)))
  }

  @Test func eachDomainHoldsOutItsOwnShare() throws {
    let folder = try TemporaryFolder()
    for (domain, names) in fixture.names {
      for name in names { try folder.write(Data(), to: "\(domain)/\(name)") }
      let split = try ImageDataset(at: folder.path(domain)).holdingOut(fixture.share)
      let heldOut = split.heldOut.samples.map {
        $0.path.split(separator: "/").suffix(2).joined(separator: "/")
      }
      #expect(heldOut == fixture.heldOut[domain])
      #expect(split.training.count + heldOut.count == names.count)
    }
  }
}

import Datasets
import Imaging
import Testing

/// The order that draws every class equally often.
@Suite struct ClassOrderTests {
  /// Seven of class 0, two of class 1, none of class 2, one of class 3.
  private let labels = [0, 0, 1, 0, 0, 3, 0, 1, 0, 0]

  private func order(seed: UInt64? = 4, batchSize: Int = 3) -> BatchOrder {
    BatchOrder(balancing: labels, batchSize: batchSize, shuffleSeed: seed)
  }

  /// The order's definition, written down for a whole run: rounds of one sample of each class, passes through each class.
  private func defined(seed: UInt64?, count: Int) -> [(index: Int, pass: Int)] {
    func shuffled(_ values: [Int], _ purpose: RandomPurpose) -> [Int] {
      guard let seed else { return values }
      var (left, generator) = (values, AddressedGenerator(seed: seed, for: purpose))
      for last in left.indices.dropFirst().reversed() {
        left.swapAt(last, generator.nextInteger(below: last + 1))
      }
      return left
    }
    let classes = [0, 1, 3].map { label in labels.indices.filter { labels[$0] == label } }
    let rounds = (0...count / 3).map { round in
      shuffled([0, 1, 2], .classRound(round)).map { label in
        let members = classes[label]
        let pass = round / members.count
        let order = shuffled(members, .classMembers(label: label, pass: pass))
        return (index: order[round % members.count], pass: pass)
      }
    }
    return Array(rounds.joined().prefix(count))
  }

  @Test(arguments: [nil, 4, 9] as [UInt64?])
  func theOrderIsItsDefinition(seed: UInt64?) {
    let batches = Array(order(seed: seed).batches(to: 40))
    let expected = defined(seed: seed, count: 120)
    #expect(batches.flatMap(\.indices) == expected.map(\.index))
    #expect(batches.flatMap(\.passes) == expected.map(\.pass))
    // An epoch has as many batches as without balance: 10 samples in batches of 3.
    #expect(batches.map(\.epoch) == (0..<40).map { $0 / 3 })
  }

  @Test func everyClassComesEquallyOftenAndEverySampleOfAClassToo() {
    let drawn = order().batches(to: 70).flatMap(\.indices)
    #expect(drawn.count == 210)
    let counts = labels.indices.map { sample in drawn.count { $0 == sample } }
    // 70 of each of three classes: 10 of each of seven samples, 35 of each of two, 70 of one.
    #expect(counts == labels.map { [0: 10, 1: 35, 3: 70][$0] ?? 0 })
    for start in stride(from: 0, to: 210, by: 3) {
      #expect(Set(drawn[start..<start + 3].map { labels[$0] }) == [0, 1, 3])
    }
  }

  @Test func aRunGoesOnFromAnyIteration() {
    let whole = Array(order(batchSize: 4).batches(to: 50))
    for start in [0, 1, 7, 23, 49, 50] {
      #expect(Array(order(batchSize: 4).batches(from: start, to: 50)) == whole.suffix(50 - start))
    }
  }

  @Test func aRunOfAnyLengthBeginsAtOnce() {
    var plan = order().batches(to: .max)
    #expect(plan.next() == Array(order().batches(to: 1)).first)
    var late = order().batches(from: 100_000_000, to: .max)
    #expect(late.next()?.indices.count == 3)
    var end = order().batches(from: .max - 1, to: .max)
    #expect(end.next()?.indices.count == 3)
    #expect(end.next() == nil)
  }

  @Test func seedsHaveOrdersOfTheirOwn() {
    let orders = Set((0..<20).map { order(seed: $0).batches(to: 4).flatMap(\.indices) })
    #expect(orders.count > 15)
  }

  /// A sample that is drawn several times in an epoch is augmented by its pass, not by its epoch.
  @Test func samplesAreWrittenByTheirPass() throws {
    struct Passes: SampleSource {
      let count = 10
      let layout = SampleLayout(viewShape: [2], hasKeyView: false)

      func write(_ index: Int, epoch: Int, into slot: SampleSlot) {
        slot.query[0] = Float(index)
        slot.query[1] = Float(epoch)
        slot.labels[0] = 0
      }
    }
    let loader = BatchLoader(Passes(), batches: order().batches(to: 30), workers: 3)
    defer { loader.stop() }
    var written: [[Float]] = []
    while let batch = try loader.next() {
      let values = Array(batch.query.bindMemory(to: Float.self))
      written += stride(from: 0, to: values.count, by: 2).map { Array(values[$0..<$0 + 2]) }
    }
    #expect(written == defined(seed: 4, count: 90).map { [Float($0.index), Float($0.pass)] })
    #expect(Set(written).count == written.count, "a sample is drawn twice in a pass")
  }
}

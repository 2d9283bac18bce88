import Datasets
import Testing

@Suite struct BatchOrderTests {
  @Test func withoutShuffleTheOrderIsTheDataSets() {
    let order = BatchOrder(sampleCount: 7, batchSize: 3, shuffleSeed: nil)
    #expect(order.batchesPerEpoch == 2)
    #expect(order.batches(epoch: 0) == [[0, 1, 2], [3, 4, 5]])
    #expect(order.batches(epoch: 5) == [[0, 1, 2], [3, 4, 5]])
  }

  @Test func shuffleVisitsEverySampleOnce() {
    let order = BatchOrder(sampleCount: 12, batchSize: 4, shuffleSeed: 1)
    #expect(order.batches(epoch: 3).flatMap { $0 }.sorted() == Array(0..<12))
  }

  @Test func seedAndEpochDetermineTheOrder() {
    let one = BatchOrder(sampleCount: 50, batchSize: 5, shuffleSeed: 1)
    let two = BatchOrder(sampleCount: 50, batchSize: 5, shuffleSeed: 2)
    #expect(one.batches(epoch: 0) == one.batches(epoch: 0))
    #expect(one.batches(epoch: 0) != one.batches(epoch: 1))
    #expect(one.batches(epoch: 0) != two.batches(epoch: 0))
  }

  /// Every sample stands first about as often.
  @Test func shuffleIsUniform() {
    let order = BatchOrder(sampleCount: 4, batchSize: 1, shuffleSeed: 9)
    var first = [0, 0, 0, 0]
    for epoch in 0..<4000 { first[order.batches(epoch: epoch)[0][0]] += 1 }
    // 1000 expected, standard deviation 27.
    #expect(first.allSatisfy { abs($0 - 1000) < 150 })
  }

  @Test func aRunIsItsEpochsFromAnyIterationOn() {
    let order = BatchOrder(sampleCount: 7, batchSize: 2, shuffleSeed: 4)
    let whole = Array(order.batches(to: 8))
    #expect(whole.map(\.epoch) == [0, 0, 0, 1, 1, 1, 2, 2])
    #expect(whole.map(\.indices) == (0..<3).flatMap(order.batches(epoch:)).dropLast())
    for start in 0...8 {
      let rest = order.batches(from: start, to: 8)
      #expect(rest.map(\.indices) == whole.dropFirst(start).map(\.indices))
    }
    #expect(Array(order.batches(from: 9, to: 8)).isEmpty)
  }

  @Test func aRunOfAnyLengthBeginsAtOnce() {
    let order = BatchOrder(sampleCount: 7, batchSize: 2, shuffleSeed: 4)
    var plan = order.batches(to: .max)
    #expect(plan.next()?.indices == order.batches(epoch: 0)[0])
    var end = order.batches(from: .max - 1, to: .max)
    #expect(end.next()?.epoch == (Int.max - 1) / 3)
    #expect(end.next() == nil)
  }
}

extension BatchOrder {
  /// The samples of every batch of an epoch.
  fileprivate func batches(epoch: Int) -> [[Int]] {
    batches(from: epoch * batchesPerEpoch, to: (epoch + 1) * batchesPerEpoch).map(\.indices)
  }
}

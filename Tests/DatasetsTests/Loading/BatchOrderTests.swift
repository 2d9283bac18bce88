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
}

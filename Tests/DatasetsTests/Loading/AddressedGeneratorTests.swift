import Datasets
import Testing

@Suite struct AddressedGeneratorTests {
  @Test func sameAddressSameWords() {
    #expect(
      words(seed: 7, epoch: 1, sample: 2, view: 3) == words(seed: 7, epoch: 1, sample: 2, view: 3))
  }

  @Test func everyPartOfTheAddressCounts() {
    var seen: Set<[UInt64]> = []
    for seed in 0..<3 {
      for epoch in 0..<3 {
        for sample in 0..<20 {
          for view in 0..<2 {
            seen.insert(words(seed: UInt64(seed), epoch: epoch, sample: sample, view: view))
          }
        }
      }
    }
    #expect(seen.count == 3 * 3 * 20 * 2)
  }

  /// Neighbouring addresses give bits that look independent.
  @Test func wordsOfNeighboursAreBalanced() {
    let ones = (0..<2000).map { sample -> Int in
      words(seed: 0, epoch: 0, sample: sample, view: 0)[0].nonzeroBitCount
    }
    let mean = Double(ones.reduce(0, +)) / 2000
    // 64 fair bits: mean 32, standard error 4 / √2000 = 0.09.
    #expect(abs(mean - 32) < 0.45)
  }

  private func words(seed: UInt64, epoch: Int, sample: Int, view: Int) -> [UInt64] {
    var generator = AddressedGenerator(seed: seed, epoch: epoch, sample: sample, view: view)
    return (0..<3).map { _ in generator.next() }
  }
}

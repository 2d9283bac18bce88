import Datasets
import Testing

@Suite struct AddressedGeneratorTests {
  /// What every purpose has drawn since the first version: runs and data sets that are made stay the same.
  @Test(
    arguments: [
      (RandomPurpose.sampleOrder(epoch: 3), [0xa47d_febc_8592_655d, 0x7a1e_4a78_924f_7639]),
      (.networkStep(iteration: 120), [0xc292_74db_b400_fcca, 0x1620_70ff_4608_53c1]),
      (.queryView(sample: 41, epoch: 3), [0x7efb_c202_8bb7_0506, 0xedfd_5e40_68ff_1b06]),
      (.keyView(sample: 41, epoch: 3), [0xb4fe_1c00_10b9_7924, 0x200d_38ea_19d9_3137]),
      (.styledView(0, sample: 41, epoch: 3), [0x21cf_3f66_c25d_d65c, 0xc03a_a7e7_3bce_62e9]),
      (.styledView(2, sample: 41, epoch: 3), [0x659c_c31d_1e7a_722f, 0x946a_cd55_d067_4cdb]),
      (.demoPicture(part: 1, index: 5), [0x4a02_3524_45e6_b3a4, 0x1483_497b_7df2_444d]),
      (.bootstrap(replicate: 4), [0xa84e_6bf0_9dc0_36b9, 0xf71d_8688_4665_29ce]),
      (.sweepTrial(number: 5), [0xd506_9115_f799_7f8a, 0x0f9e_74ef_1faa_2e3f]),
      (.place(x: -4, y: 9), [0xde6d_7729_b8ce_0c13, 0x3e7f_ba8a_7312_9e80]),
    ] as [(RandomPurpose, [UInt64])])
  func everyPurposeKeepsItsDraws(purpose: RandomPurpose, expected: [UInt64]) {
    #expect(words(7, purpose, count: 2) == expected)
  }

  @Test func theOrderOfAnEpochStaysWhatItWas() {
    let order = BatchOrder(sampleCount: 11, batchSize: 3, shuffleSeed: 5)
    let batches = Array(order.batches(from: 6, to: 9))
    #expect(batches.map(\.epoch) == [2, 2, 2])
    #expect(batches.map(\.indices) == [[10, 7, 5], [4, 0, 8], [1, 2, 9]])
  }

  /// Each purpose draws independently of all others.
  @Test func noTwoPurposesOfARunShareTheirDraws() {
    var seen: [[UInt64]: RandomPurpose] = [:]
    for number in 0..<6 {
      var purposes = [
        RandomPurpose.sampleOrder(epoch: number), .networkStep(iteration: number),
        .classRound(number), .bootstrap(replicate: number), .sweepTrial(number: number),
        .rateDecision(number),
      ]
      purposes += (0..<6).map { .classMembers(label: $0, pass: number) }
      for sample in 0..<6 {
        purposes += [.queryView(sample: sample, epoch: number)]
        purposes += [.keyView(sample: sample, epoch: number)]
        purposes += (0..<3).map { .styledView($0, sample: sample, epoch: number) }
      }
      for purpose in purposes {
        let other = seen.updateValue(purpose, forKey: words(1, purpose))
        #expect(other == nil, "\(purpose) and \(String(describing: other))")
      }
    }
    #expect(seen.count == 6 * (6 + 6 + 6 * 5))
  }

  @Test func everySeedHasDrawsOfItsOwn() {
    let draws = Set((0..<100).map { words($0, .queryView(sample: 0, epoch: 0)) })
    #expect(draws.count == 100)
  }

  /// Neighbouring addresses give bits that look independent.
  @Test func wordsOfNeighboursAreBalanced() {
    let ones = (0..<2000).map { sample -> Int in
      words(0, .queryView(sample: sample, epoch: 0))[0].nonzeroBitCount
    }
    let mean = Double(ones.reduce(0, +)) / 2000
    // 64 fair bits: mean 32, standard error 4 / √2000 = 0.09.
    #expect(abs(mean - 32) < 0.45)
  }

  private func words(_ seed: UInt64, _ purpose: RandomPurpose, count: Int = 3) -> [UInt64] {
    var generator = AddressedGenerator(seed: seed, for: purpose)
    return (0..<count).map { _ in generator.next() }
  }
}

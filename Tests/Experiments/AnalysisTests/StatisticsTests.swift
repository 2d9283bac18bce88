import Analysis
import CheckoutSupport
import Foundation
import Runs
import Testing

/// Figures of paired differences are those of scipy and statsmodels.
@Suite struct StatisticsTests {
  private struct Reference: Decodable {
    struct Paired: Decodable {
      let differences: [Double]
      let mean: Double
      let low: Double
      let high: Double
      let p: Double
    }
    struct Distribution: Decodable {
      let degrees: Double
      let quantile: Double
      let points: [Double]
      let cumulative: [Double]
    }
    struct Family: Decodable {
      let p: [Double]
      let corrected: [Double]
    }
    /// A bootstrap by other code with far more replicates.
    struct Crossed: Decodable {
      let labels: [Int]
      let own: [[Bool]]
      let other: [[Bool]]
      let mean: Double
      /// Quantiles around 0.025 and 0.975 between which those of 10 000 replicates lie all but never.
      let low: [Double]
      let high: [Double]
    }
    /// The same of scenes: counts by seed, scene and class.
    struct CrossedScenes: Decodable {
      struct System: Decodable {
        let predicted: [[[Int]]]
        let right: [[[Int]]]
      }
      let labelled: [[Int]]
      let own: System
      let other: System
      let mean: Double
      let low: [Double]
      let high: [Double]
    }
    let paired: [Paired]
    let t: [Distribution]
    let holm: [Family]
    let bootstrap: [Crossed]
    let scenes: [CrossedScenes]
  }

  private let reference: Reference

  init() throws {
    let path = Checkout.path("Tests/Experiments/AnalysisTests/Fixtures/statistics.json")
    reference = try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func intervalsAndTestsOfPairs() throws {
    #expect(reference.paired.count > 8)
    for sample in reference.paired {
      let figures = try #require(PairedDifference(sample.differences))
      let interval = try #require(figures.interval)
      let scale = max(abs(sample.low), abs(sample.high))
      #expect(abs(figures.mean - sample.mean) <= 1e-12 * scale)
      #expect(abs(interval.lowerBound - sample.low) <= 1e-10 * scale)
      #expect(abs(interval.upperBound - sample.high) <= 1e-10 * scale)
      #expect(abs(try #require(figures.pValue) - sample.p) <= 1e-12, "\(sample.differences)")
    }
  }

  @Test func theDistributionOfStudent() {
    for distribution in reference.t {
      let own = StudentT(degrees: distribution.degrees)
      let quantile = own.quantile(ofConfidence: 0.95)
      #expect(abs(quantile - distribution.quantile) <= 1e-11 * distribution.quantile)
      for (point, expected) in zip(distribution.points, distribution.cumulative) {
        #expect(abs(own.cumulative(point) - expected) <= 1e-12, "\(distribution.degrees), \(point)")
      }
    }
  }

  @Test func correctionsOfSeveralTests() {
    for family in reference.holm {
      for (own, expected) in zip(HolmCorrection.corrected(family.p), family.corrected) {
        #expect(abs(own - expected) <= 1e-12)
      }
    }
    #expect(HolmCorrection.corrected([]) == [])
  }

  @Test func bootstrapOverSeedsAndImages() throws {
    #expect(reference.bootstrap.count == 3)
    for sample in reference.bootstrap {
      let interval = try #require(bootstrap(sample)).interval()
      #expect((sample.low[0]...sample.low[1]).contains(interval.lowerBound), "\(interval)")
      #expect((sample.high[0]...sample.high[1]).contains(interval.upperBound), "\(interval)")
      #expect(interval.contains(sample.mean))
      #expect(bootstrap(sample)?.interval() == interval)
    }
  }

  @Test func bootstrapOverSeedsAndScenes() throws {
    #expect(reference.scenes.count == 2)
    for sample in reference.scenes {
      func outcomes(_ system: Reference.CrossedScenes.System, _ seed: Int) -> ImageOutcomes {
        ImageOutcomes(
          scenes: sample.labelled.indices.map { scene in
            ScenePrediction(
              dataset: "d", image: "\(scene)", labelled: sample.labelled[scene],
              predicted: system.predicted[seed][scene], right: system.right[seed][scene])
          })
      }
      let interval = try #require(
        PairedBootstrap(
          sample.own.right.indices.map { (outcomes(sample.own, $0), outcomes(sample.other, $0)) })
      ).interval()
      #expect((sample.low[0]...sample.low[1]).contains(interval.lowerBound), "\(interval)")
      #expect((sample.high[0]...sample.high[1]).contains(interval.upperBound), "\(interval)")
      #expect(interval.contains(sample.mean))
    }
  }

  /// Where every network is right in the same images, the difference is nothing however they are drawn; where the one is right
  /// in all of them and the other in none, it is one.
  @Test func bootstrapOfNetworksThatAgreeOrNever() {
    func pair(_ own: Bool, _ other: Bool) -> PairedBootstrap? {
      func outcomes(_ isRight: Bool) -> ImageOutcomes {
        ImageOutcomes(
          names: ["a", "b", "c"], labels: [0, 0, 2], isRight: [isRight, isRight, isRight])
      }
      return PairedBootstrap([(outcomes(own), outcomes(other)), (outcomes(own), outcomes(other))])
    }
    #expect(pair(true, true)?.interval() == 0...0)
    #expect(pair(true, false)?.interval() == 1...1)
    #expect(pair(false, true)?.interval() == -1...(-1))
  }

  @Test func bootstrapWantsTheSameImagesAndSeveralSeeds() {
    func outcomes(_ names: [String]) -> ImageOutcomes {
      ImageOutcomes(names: names, labels: [0, 1], isRight: [true, false])
    }
    let (same, others) = (outcomes(["a", "b"]), outcomes(["a", "c"]))
    #expect(PairedBootstrap([(same, same), (same, same)]) != nil)
    #expect(PairedBootstrap([(same, same), (same, others)]) == nil)
    #expect(PairedBootstrap([(same, same)]) == nil)
    #expect(PairedBootstrap([]) == nil)
  }

  private func bootstrap(_ sample: Reference.Crossed) -> PairedBootstrap? {
    let names = sample.labels.indices.map(String.init)
    return PairedBootstrap(
      zip(sample.own, sample.other).map { own, other in
        (
          ImageOutcomes(names: names, labels: sample.labels, isRight: own),
          ImageOutcomes(names: names, labels: sample.labels, isRight: other)
        )
      })
  }

  @Test func limitsOfPairs() throws {
    #expect(PairedDifference([]) == nil)
    let single = try #require(PairedDifference([2]))
    #expect(single.interval == nil && single.pValue == 1 && single.sameSign == 1)
    let same = try #require(PairedDifference([0, 0, 0]))
    #expect(same.interval == 0...0 && same.pValue == 1 && same.sameSign == 0)
    let clear = try #require(PairedDifference([1, 1.5, 1.25, 1.75, 2, 1.125]))
    #expect(clear.pValue == 2 / 64 && clear.sameSign == 6)
    for odd in [Double.nan, .infinity] {
      #expect(try #require(PairedDifference([1, odd, 2])).interval == nil)
    }
    // Thirty differences of one sign: two of 2³⁰ assignments.
    #expect(SignFlips.pValue((1...30).map(Double.init)) == 2.0 / 1_073_741_824.0)
    #expect(SignFlips.pValue([Double](repeating: 1, count: 41)) == nil)
  }
}

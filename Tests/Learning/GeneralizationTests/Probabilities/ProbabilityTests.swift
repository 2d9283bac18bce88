import Foundation
import Generalization
import Testing

/// Probabilities and the figures about them, against NumPy, SciPy and scikit-learn.
@Suite struct ProbabilityTests {
  struct Case: Decodable, Sendable {
    let classes: Int
    let logits: [Float]
    let labels: [Int]
    let temperature: Double
    let likelihood: Double
    let error: Double
    let calibrated_error: Double
    let first_softmax: [Double]
    let energies: [Double]
    let known_scores: [Double]
    let unknown_scores: [Double]
    let area: Double

    var rows: ClassLogits {
      var rows = ClassLogits(classes: classes)
      rows.append(logits, labels: labels)
      return rows
    }

    static let all: [Case] = {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/probabilities.json")
      return (try? JSONDecoder().decode([Case].self, from: Data(contentsOf: file))) ?? []
    }()
  }

  @Test func theFixtureIsThere() {
    #expect(Case.all.count == 3)
  }

  @Test(arguments: Case.all)
  func theTemperatureIsTheOptimumOfSciPy(expected: Case) throws {
    let temperature = try #require(Temperature.fitted(to: expected.rows))
    #expect(abs(temperature - expected.temperature) < 1e-6 * expected.temperature)
    let likelihood = Temperature.negativeLogLikelihood(
      expected.rows, temperature: expected.temperature)
    #expect(abs(likelihood - expected.likelihood) < 1e-12)
  }

  @Test(arguments: Case.all)
  func theCalibrationErrorIsThatOfAnIndependentOne(expected: Case) {
    let raw = Reliability(expected.rows)
    let calibrated = Reliability(expected.rows, temperature: expected.temperature)
    #expect(raw.images == expected.labels.count)
    #expect(abs(raw.expectedCalibrationError - expected.error) < 1e-12)
    #expect(abs(calibrated.expectedCalibrationError - expected.calibrated_error) < 1e-12)
  }

  @Test(arguments: Case.all)
  func softmaxAndEnergyAreThoseOfSciPy(expected: Case) throws {
    let rows = expected.rows
    let first = ClassProbabilities.softmax(rows[0], temperature: expected.temperature)
    #expect(zip(first, expected.first_softmax).allSatisfy { abs($0 - $1) < 1e-14 })
    for (index, energy) in expected.energies.enumerated() {
      let found = ClassProbabilities.energy(rows[index], temperature: expected.temperature)
      #expect(abs(found - energy) < 1e-12)
    }
    let best = try #require(
      ClassProbabilities.best(rows[0], temperature: expected.temperature))
    #expect(best.probability == first.max())
    #expect(first[best.label] == best.probability)
  }

  @Test(arguments: Case.all)
  func theAreaUnderTheCurveIsThatOfScikitLearn(expected: Case) throws {
    let area = try #require(
      Detection.areaUnderCurve(known: expected.known_scores, unknown: expected.unknown_scores))
    #expect(abs(area - expected.area) < 1e-12)
    #expect(Set(expected.known_scores).intersection(expected.unknown_scores).count > 5)
  }

  @Test func logitsThatDetermineNoTemperatureGiveNone() {
    var right = ClassLogits(classes: 2)
    #expect(Temperature.fitted(to: right) == nil)
    right.append([3, 0, 0, 2], labels: [0, 1])
    #expect(Temperature.fitted(to: right) == nil)
    var chance = ClassLogits(classes: 2)
    chance.append([3, 0, 0, 2], labels: [1, 0])
    #expect(Temperature.fitted(to: chance) == nil)
  }

  @Test func hugeLogitsStayFinite() {
    let logits = [1e4, -1e4, 9.9e3]
    #expect(ClassProbabilities.softmax(logits) == [1, 0, exp(-100)])
    #expect(ClassProbabilities.energy(logits) == -1e4)
  }

  @Test func theEdgesOfABinBelongToTheBinBelow() {
    let bins = Reliability(
      [(1.0, true), (0.5, false), (0.0, true)].map { (confidence: $0.0, isCorrect: $0.1) }, bins: 2
    ).bins
    #expect(bins.map(\.images) == [2, 1])
    #expect(bins.map(\.correct) == [1, 1])
  }

  @Test func anEmptySideHasNoArea() {
    #expect(Detection.areaUnderCurve(known: [], unknown: [1]) == nil)
    #expect(Detection.areaUnderCurve(known: [2], unknown: [1]) == 1)
    #expect(Detection.areaUnderCurve(known: [1], unknown: [1]) == 0.5)
  }
}

import Foundation
import Generalization
import Runs
import Testing
import Training

/// When a run warns, and when it does not.
@Suite struct DivergenceWatchTests {
  /// What is found in a run with these task losses, over eight classes.
  private func warnings(_ losses: [Double]) -> [RunWarning] {
    var watch = DivergenceWatch()
    for (iteration, loss) in losses.enumerated() {
      let step = StepMetrics(
        iteration: iteration, epoch: 0, learningRate: 0,
        losses: StepLosses(total: loss, task: loss, terms: [], figures: []), imagesPerSecond: 1)
      let isNew = watch.warnings.isEmpty
      let found = watch.see(step, classes: 8)
      if found != nil { #expect(isNew, "a kind of warning is given once") }
    }
    return watch.warnings
  }

  private static let chance = log(8.0)

  @Test func healthyLossesGiveNoWarning() {
    // Falling, rising up to chance, with single bad batches, and constant at chance.
    #expect(warnings((0..<200).map { Self.chance * exp(-Double($0) / 30) }).isEmpty)
    #expect(warnings((0..<200).map { $0 < 100 ? 0.05 : 0.05 + Double($0) / 100 }).isEmpty)
    #expect(warnings((0..<200).map { $0 % 7 == 0 ? 1e6 : 0.1 }).isEmpty)
    #expect(warnings([Double](repeating: 6, count: 200)).isEmpty)
  }

  @Test func anExplodingLossGivesOne() throws {
    let losses = (0..<60).map { $0 < 30 ? 1 : pow(1.4, Double($0 - 30)) }
    let warning = try #require(warnings(losses).first)
    #expect(warning.kind == .lossExploded)
    // More than half of the last 20 steps are above 3.
    #expect((40...48).contains(warning.iteration))
    #expect(warning.message.contains("optimizer.clip_norm"))
    #expect(warnings(losses + losses).count == 1)
    // The loss may be large from the start.
    #expect(warnings((0..<60).map { $0 < 30 ? 20 : 100 }).first?.kind == .lossExploded)
  }

  @Test func aWatchThatGoesOnFindsTheSame() throws {
    let losses = (0..<60).map { $0 < 30 ? 1 : pow(1.4, Double($0 - 30)) }
    var watch = DivergenceWatch()
    for (iteration, loss) in losses.enumerated() {
      let data = try JSONFormat.text(watch)
      watch = try JSONFormat.decode(DivergenceWatch.self, from: data)
      _ = watch.see(
        StepMetrics(
          iteration: iteration, epoch: 0, learningRate: 0,
          losses: StepLosses(total: loss, task: loss, terms: [], figures: []), imagesPerSecond: 1),
        classes: 8)
    }
    #expect(watch.warnings == warnings(losses))
  }

  /// A record of four classes of 25 images, of which `correct` of the first are recognised and all others taken for it.
  private func record(
    energy: Double? = nil, correct: [Int], domain: Evaluation.Domain = .synthetic
  ) -> EvaluationRecord {
    let counts = correct.indices.map { label in
      correct.indices.map { prediction in
        (prediction == label ? correct[label] : 0)
          + (prediction == (label == 0 ? 1 : 0) ? 25 - correct[label] : 0)
      }
    }
    let evaluation = Evaluation(
      dataset: "set", domain: domain, measure: .accuracy, images: 100,
      classes: ["a", "b", "c", "d"], confusion: ConfusionMatrix(counts: counts),
      energy: energy.map { HypersphericalEnergy(values: [.zero: $0]) }, skipped: 0)
    return EvaluationRecord(evaluation, iteration: 7, selection: "current")
  }

  @Test func featuresThatFallTogetherGiveAWarning() throws {
    var watch = DivergenceWatch()
    #expect(
      watch.see([record(energy: 5.9, correct: [20, 20, 20, 20])], after: 7, isLast: false) == [])
    let found = watch.see(
      [record(energy: 6.1, correct: [20, 20, 20, 20])], after: 8, isLast: false)
    #expect(found.map(\.kind) == [.featuresCollapsed])
    #expect(found.first?.iteration == 8)
    #expect(found.first?.message.contains("HSE 0 is 6.10") == true)
    #expect(
      watch.see([record(energy: 9, correct: [20, 20, 20, 20])], after: 9, isLast: true) == [])
  }

  /// Chance is 25 %, with a deviation of 4.3 % for 25 guesses of each of four classes.
  @Test func accuracyAtChanceGivesAWarningAtTheEndAlone() {
    let guessed = record(correct: [25, 0, 0, 0])
    var watch = DivergenceWatch()
    #expect(watch.see([guessed], after: 7, isLast: false).isEmpty)
    #expect(watch.see([guessed], after: 7, isLast: true).map(\.kind) == [.accuracyAtChance])
    // A run that goes on has no end any more.
    watch.forgetEnd()
    #expect(watch.warnings.isEmpty)
    #expect(watch.see([guessed], after: 9, isLast: true).map(\.kind) == [.accuracyAtChance])
    var other = DivergenceWatch()
    #expect(other.see([record(correct: [25, 9, 0, 0])], after: 7, isLast: true).isEmpty)
    #expect(!other.see([record(correct: [25, 8, 0, 0])], after: 7, isLast: true).isEmpty)
    // Guesses reach everything of two images of each of two classes.
    let few = EvaluationRecord(
      Evaluation(
        dataset: "set", domain: .synthetic, measure: .accuracy, images: 4, classes: ["a", "b"],
        confusion: ConfusionMatrix(counts: [[2, 0], [0, 2]]), skipped: 0),
      iteration: 7, selection: "current")
    var fourth = DivergenceWatch()
    #expect(fourth.see([few], after: 7, isLast: true).isEmpty)
    // Held-out synthetic images are looked at before others.
    let seen = [record(correct: [25, 0, 0, 0], domain: .real), record(correct: [20, 20, 20, 20])]
    var third = DivergenceWatch()
    #expect(third.see(seen, after: 7, isLast: true).isEmpty)
  }
}

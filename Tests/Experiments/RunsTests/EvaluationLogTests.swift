import Runs
import Testing

/// The rule on which honest selection rests.
@Suite struct EvaluationLogTests {
  /// An evaluation of two classes, of which a share of each was recognised.
  private func record(
    _ iteration: Int, _ domain: Evaluation.Domain, _ correct: Int, dataset: String = "set"
  ) -> EvaluationRecord {
    EvaluationRecord(
      Evaluation(
        dataset: dataset, domain: domain, measure: .accuracy, images: 200, classes: ["a", "b"],
        confusion: ConfusionMatrix(counts: [[correct, 100 - correct], [100 - correct, correct]]),
        skipped: 0), iteration: iteration, selection: "current")
  }

  /// Synthetic images prefer the second evaluation, photographs the first.
  private var log: EvaluationLog {
    EvaluationLog([
      record(10, .synthetic, 50), record(10, .real, 90),
      record(20, .synthetic, 80), record(20, .real, 60),
      record(30, .synthetic, 70), record(30, .real, 70),
    ])
  }

  @Test(arguments: [(SelectionRule.source, 20), (.target, 10), (.last, 30)])
  func eachRuleLooksAtItsOwnData(rule: SelectionRule, iteration: Int) {
    #expect(log.best(by: rule) == iteration)
  }

  /// What the network does on photographs never decides where held-out renders are to.
  @Test(arguments: [0, 50, 100])
  func realImagesChangeNothingOfTheHonestRule(correct: Int) {
    var log = log
    log.append(record(40, .synthetic, 10))
    log.append(record(40, .real, correct))
    #expect(log.best(by: .source) == 20)
  }

  @Test func ofEqualsTheEarliestIsChosen() {
    let log = EvaluationLog([record(5, .synthetic, 60), record(15, .synthetic, 60)])
    #expect(log.best(by: .source) == 5)
  }

  @Test func severalSetsCountByTheirMean() {
    let log = EvaluationLog([
      record(1, .real, 90, dataset: "a"), record(1, .unseen, 10, dataset: "b"),
      record(2, .real, 60, dataset: "a"), record(2, .unseen, 60, dataset: "b"),
    ])
    #expect(log.best(by: .target) == 2)
  }

  @Test func withoutTheDataOfARuleNothingIsBest() {
    #expect(EvaluationLog([record(1, .real, 50)]).best(by: .source) == nil)
    #expect(EvaluationLog([record(1, .synthetic, 50)]).best(by: .target) == nil)
    #expect(EvaluationLog().best(by: .last) == nil)
  }

  @Test func aFigureOfNothingIsStillOne() {
    let log = EvaluationLog([record(1, .synthetic, 0), record(2, .synthetic, 0)])
    #expect(log.best(by: .source) == 1)
  }
}

import Foundation
import Generalization
import Runs

/// Notices a run that goes wrong, from its task losses and its evaluations; each kind of warning is given once.
///
/// Its state is a part of checkpoints, so that a run that is resumed warns as one that was never stopped.
package struct DivergenceWatch: Codable, Equatable {
  /// The number of steps whose median is looked at: single batches may have any loss.
  static let window = 20
  /// How many times its lowest value the median must be.
  static let growth = 3.0
  /// The energy of power 0 above which features have collapsed.
  ///
  /// It is the mean of −log d² over pairs of features on the unit sphere: −log 2 = −0.7 for features in all directions, and
  /// without bound for features that fall together. Above 6 the geometric mean of d² is below e⁻⁶, which means that typical
  /// pairs are less than 3 degrees apart; features of ImageNet networks are between 20 and 90 degrees apart.
  static let collapsedEnergy = 6.0

  /// The warnings so far.
  package private(set) var warnings: [RunWarning] = []
  /// The task losses of the last steps.
  private var losses: [Double] = []
  /// The lowest median so far.
  private var lowest: Double?

  /// A watch before the first step.
  package init() {}

  /// Looks at a step of a task with this number of classes.
  ///
  /// The loss has exploded if its median over the last 20 steps is above both 3 times the lowest such median and the
  /// cross-entropy of chance, ln C.
  package mutating func see(_ step: StepMetrics, classes: Int) -> RunWarning? {
    losses = Array(losses.suffix(Self.window - 1)) + [step.losses.task]
    guard losses.count == Self.window else { return nil }
    let median = losses.sorted()[Self.window / 2]
    let lowest = min(lowest ?? median, median)
    self.lowest = lowest
    let chance = log(Double(classes))
    guard median > Self.growth * lowest, median > chance else { return nil }
    return add(
      .lossExploded, after: step.iteration + 1,
      "the median of the task loss over the last \(Self.window) steps is \(figure(median)), more than "
        + "\(Int(Self.growth)) times its lowest, \(figure(lowest)), and above chance, \(figure(chance)); "
        + TrainingError.remedy)
  }

  /// Looks at the evaluations of the student after `iteration` steps: at those on held-out synthetic images, where there are
  /// any, else at the first.
  /// - Parameter isLast: whether the run ends here.
  package mutating func see(
    _ records: [EvaluationRecord], after iteration: Int, isLast: Bool
  ) -> [RunWarning] {
    guard let record = records.first(where: { $0.domain == .synthetic }) ?? records.first else {
      return []
    }
    var found: [RunWarning?] = []
    if let energy = record.hse?[.zero], !(energy <= Self.collapsedEnergy) {
      found.append(
        add(
          .featuresCollapsed, after: iteration,
          "the features of \(record.dataset) have collapsed: HSE 0 is \(figure(energy)), expected at most "
            + "\(Int(Self.collapsedEnergy)); lower optimizer.lr or optimizer.backbone_rate"))
    }
    if isLast, let chance = record.chance, record.meanClassAccuracy <= chance.limit {
      let isLuck = record.meanClassAccuracy > chance.accuracy
      found.append(
        add(
          .accuracyAtChance, after: iteration,
          "at the end the network \(isLuck ? "may be" : "is") no better than chance on \(record.dataset): "
            + "\(percent(record.meanClassAccuracy)) in the mean over classes, chance is \(percent(chance.accuracy))"
            + (isLuck ? " and reaches \(percent(chance.limit)) by luck" : "")
            + "; try another optimizer.lr or a longer run, and "
            + "check that images and labels belong together"))
    }
    return found.compactMap(\.self)
  }

  /// Forgets what was said of the end of a run that goes on after all.
  package mutating func forgetEnd() {
    warnings.removeAll { $0.kind == .accuracyAtChance }
  }

  private mutating func add(
    _ kind: RunWarning.Kind, after iteration: Int, _ message: String
  ) -> RunWarning? {
    guard !warnings.contains(where: { $0.kind == kind }) else { return nil }
    let warning = RunWarning(kind: kind, message: message, iteration: iteration)
    warnings.append(warning)
    return warning
  }

  private func figure(_ value: Double) -> String { String(format: "%.2f", value) }
  private func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
}

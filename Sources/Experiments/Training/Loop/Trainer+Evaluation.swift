import Foundation
import Generalization
import Runs
import TorchNN

extension Trainer {
  /// Evaluates the network on every data set that is not trained on, and writes the checkpoints.
  ///
  /// The last checkpoint is written first: it holds the evaluations, so that a resumed run can see that it is also the best.
  func evaluate() throws {
    try experiment.requireFinite(after: iteration)
    evaluatedIteration = iteration
    evaluations.removeAll(at: iteration)
    try judge(nil)
    if let average = experiment.average, average.count > 0 {
      try average.applied { try judge(.average) }
    }
    checkPatience()
    let isLast = iteration == experiment.iterations || isPatienceOver
    for warning in watch.see(
      evaluations.records(at: iteration, of: nil), after: iteration, isLast: isLast)
    {
      try tell(.warned(warning))
    }
    try writeLast()
    if isWriter { try checkpoints.writeSelected(state) }
  }

  /// Evaluates the student with the weights that it has now; nil stands for those of the last step.
  private func judge(_ weights: StudentWeights?) throws {
    var network = experiment.network
    network.precision = experiment.evaluation.precision
    let judged = try experiment.task.evaluate(
      network, on: experiment.device, sharedBy: processes)
    // The held-out synthetic images alone decide, so that no photograph is needed and none is looked at.
    let calibration = ClassLogits(joining: judged.filter { $0.domain == .synthetic }.map(\.logits))
      .flatMap(Calibration.init(fittedTo:))
    calibrations[weights] = calibration
    predictions[weights] = try judged.reduce(into: Data()) {
      $0 += try $1.predictionLines(temperature: calibration?.temperature ?? 1)
    }
    for evaluation in judged {
      let record = EvaluationRecord(
        evaluation, calibration: calibration, iteration: iteration, selection: "current",
        weights: weights)
      evaluations.append(record)
      try tell(.evaluated(record))
    }
  }

  func checkPatience() {
    guard let patience = experiment.evaluation.patience else { return }
    isPatienceOver = evaluations.evaluationsWithoutImprovement >= patience
  }
}

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
    let loss = try judge(nil)
    if experiment.averaging?.isChosenByLosses == true {
      try experiment.average?.judge(loss: finite(loss), after: iteration)
    }
    if let average = experiment.average, average.count > 0 {
      _ = try average.applied { try judge(.average) }
    }
    try decideRates()
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

  /// The loss that chooses which steps are averaged.
  private func finite(_ loss: Double?) throws -> Double {
    guard let loss else { throw ExperimentError.noLossToAverageBy }
    guard loss.isFinite else {
      throw TrainingError.diverged(iteration: iteration, tensor: "the loss on held-out images")
    }
    return loss
  }

  /// Evaluates the student with the weights that it has now; nil stands for those of the last step.
  /// - Returns: the mean loss on held-out synthetic images or their labelled pixels, without a temperature; nil where the task
  ///   gives none.
  @discardableResult
  private func judge(_ weights: StudentWeights?) throws -> Double? {
    var network = experiment.network
    network.precision = experiment.evaluation.precision
    let judged = try experiment.task.evaluate(
      network, on: experiment.device, sharedBy: processes)
    // The held-out synthetic images alone decide, so that no photograph is needed and none is looked at.
    let synthetic = judged.filter { $0.domain == .synthetic }
    let heldOut = ClassLogits(joining: synthetic.map(\.logits))
    let calibration = heldOut.flatMap(Calibration.init(fittedTo:))
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
    return heldOut.map { Temperature.negativeLogLikelihood($0, temperature: 1) }
      ?? synthetic.flatMap(\.scenes).meanLoss
  }

  /// Lets the policy of learning rates choose those until the next evaluation, by the mean figure on held-out synthetic sets.
  private func decideRates() throws {
    let heldOut = evaluations.records(at: iteration, of: nil).filter { $0.domain == .synthetic }
    guard let rates = experiment.rates, let figure = heldOut.meanHeadline else { return }
    try rates.decide(
      figure: figure,
      progress: Double(iteration) / Double(max(1, experiment.iterations)), in: processes)
  }

  /// Whether the run should end before its last step.
  func checkPatience() {
    let isWaiting = experiment.evaluation.patience.map {
      evaluations.evaluationsWithoutImprovement < $0
    }
    isPatienceOver = isWaiting == false || experiment.average?.isOver == true
  }
}

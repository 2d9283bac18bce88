import Runs

extension Experiment {
  /// The figures of the checkpoints that the selection rule chooses.
  /// - Parameters:
  ///   - state: the state of the run at its end.
  ///   - skipped: how often an unreadable image was left out.
  ///   - endsEarly: whether the run ends before its last step since its held-out figure no longer improves.
  func results(of state: RunState, skipped: Int, endsEarly: Bool) -> RunResults {
    let rule = selectionRule
    let best = state.evaluations.best(by: rule) ?? state.iteration
    return RunResults(
      method: methodName, seed: seed, selection: rule.rawValue, selectionLabel: rule.label,
      iteration: best, iterations: iterations, seconds: state.seconds, skipped: skipped,
      data: data.fingerprints,
      evaluations: state.evaluations.records(at: best, of: nil).map { $0.selected(by: rule) },
      average: averageResults(of: state), warnings: state.watch.warnings,
      stopped: endsEarly && state.iteration < iterations ? earlyStop(of: state) : nil)
  }

  private func averageResults(of state: RunState) -> AverageResults? {
    guard let averaging,
      let best = state.evaluations.best(by: averageSelectionRule, of: .average)
    else { return nil }
    // Losses on held-out images choose as a figure on them does.
    let rule = averaging.isChosenByLosses ? SelectionRule.source : selectionRule
    return AverageResults(
      name: averaging.name, label: averaging.label, iteration: best,
      bounds: average?.bounds,
      evaluations: state.evaluations.records(at: best, of: .average).map { $0.selected(by: rule) })
  }

  private func earlyStop(of state: RunState) -> EarlyStop {
    EarlyStop(
      iteration: state.iteration,
      reason: "stopped after \(state.iteration) of \(iterations) iterations: "
        + (average?.isOver == true
          ? "the loss on held-out synthetic images has risen above the threshold of SWAD for good"
          : "\(state.evaluations.evaluationsWithoutImprovement) evaluations in a row were no better on held-out synthetic images")
    )
  }
}

extension RunDescription {
  /// A run of an experiment that begins or goes on after `iteration` steps.
  init(of experiment: Experiment, after iteration: Int, in folder: RunFolder) throws {
    self.init(
      method: experiment.methodName, seed: experiment.seed, iteration: iteration,
      iterations: experiment.iterations, batchSize: experiment.order.batchSize,
      device: "\(experiment.device)", folder: folder.path, remarks: experiment.task.remarks,
      recipe: try experiment.recipe?.text(), settings: experiment.recipe?.settings ?? [])
  }
}

import Runs

/// The checkpoints of a run: which of them are due, and where they are written.
struct RunCheckpoints {
  private let experiment: Experiment
  private let folder: RunFolder

  /// The checkpoints of `experiment` in `folder`.
  init(_ experiment: Experiment, in folder: RunFolder) {
    self.experiment = experiment
    self.folder = folder
  }

  /// The number of steps before the best checkpoint of the student.
  func best(_ evaluations: EvaluationLog) -> Int? { evaluations.best(by: experiment.selectionRule) }

  /// The number of steps before the best checkpoint of the averaged weights; nil before there are any.
  func bestAverage(_ evaluations: EvaluationLog) -> Int? {
    evaluations.best(by: experiment.averageSelectionRule, of: .average)
  }

  /// Writes a checkpoint of the student where the rule finds this moment the best so far, and one of its averaged weights.
  func writeSelected(_ state: RunState) throws {
    if best(state.evaluations) ?? state.iteration == state.iteration {
      try write(state, to: folder.bestCheckpoint)
    }
    if bestAverage(state.evaluations) == state.iteration { try writeAverage(state) }
  }

  /// Writes the present state.
  func write(_ state: RunState, to path: String) throws {
    try Checkpoint(of: experiment, state).write(to: path)
  }

  /// Makes sure that the checkpoints are those that the evaluations choose.
  /// - Parameter checkpoint: the checkpoint that a run goes on from.
  func ensure(_ state: RunState, from checkpoint: String? = nil) throws {
    try ensure(state, best: best(state.evaluations), from: checkpoint)
  }

  /// Makes sure that the best checkpoint is the one after `best` steps; nil accepts any.
  func ensure(_ state: RunState, best: Int?, from checkpoint: String? = nil) throws {
    let neighbours = checkpoint.flatMap(RunFolder.init(ofCheckpoint:))
    try SelectedCheckpoint(folder.bestCheckpoint, in: folder).ensure(
      best, of: state.evaluations,
      from: [checkpoint ?? folder.lastCheckpoint] + (neighbours.map { [$0.bestCheckpoint] } ?? []))
    let bestAverage = bestAverage(state.evaluations)
    try SelectedCheckpoint(folder.averageCheckpoint, in: folder).ensure(
      bestAverage, of: state.evaluations, from: neighbours.map { [$0.averageCheckpoint] } ?? []
    ) {
      guard bestAverage == state.iteration else { return false }
      try writeAverage(state)
      return true
    }
  }

  /// Writes what the network of the final figures said of every image, as its checkpoint holds it.
  func writePredictions(_ results: RunResults) throws {
    try folder.writePredictions(ofCheckpoint: folder.checkpoint(of: results))
  }

  private func writeAverage(_ state: RunState) throws {
    try Checkpoint(averageOf: experiment, state).write(to: folder.averageCheckpoint)
  }
}

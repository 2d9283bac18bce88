import Files
import Foundation
import TensorFiles

/// A checkpoint that the selection rule chose, in a run folder: of the student, or of its averaged weights.
package struct SelectedCheckpoint {
  private let path: String
  private let folder: RunFolder

  /// The checkpoint at `path` in `folder`.
  package init(_ path: String, in folder: RunFolder) {
    self.path = path
    self.folder = folder
  }

  /// Makes sure that the file holds the run after `iteration` steps, with these `evaluations`; nil accepts any iteration.
  ///
  /// If a run was killed after writing the last checkpoint and before writing this one, it is still missing.
  /// - Parameters:
  ///   - sources: other checkpoints of the run that may be copied.
  ///   - rewrite: writes the file again if the run is still where it was written, and says whether it has.
  /// - Throws: `TrainingError.bestCheckpointLost` where it cannot be had; nothing is changed then.
  package func ensure(
    _ iteration: Int?, of evaluations: EvaluationLog, from sources: [String],
    rewrite: () throws -> Bool = { false }
  ) throws {
    guard let iteration, !holds(path, iteration, evaluations) else { return }
    if try rewrite() { return }
    guard let source = sources.first(where: { holds($0, iteration, evaluations) }) else {
      throw TrainingError.bestCheckpointLost(
        path: path, expected: iteration, found: summary(path)?.iteration)
    }
    try folder.copy(source, to: path)
  }

  private func holds(_ path: String, _ iteration: Int, _ evaluations: EvaluationLog) -> Bool {
    guard let summary = summary(path), summary.iteration == iteration else { return false }
    guard let records = summary.evaluations else { return true }
    // As they are written: figures that are no number differ from themselves.
    let held = try? EvaluationLog(records).records(at: iteration).json()
    return held != nil && held == (try? evaluations.records(at: iteration).json())
  }

  /// What a file says about itself; nil where there is no file, or it is not a whole checkpoint.
  private func summary(_ path: String) -> (iteration: Int, evaluations: [EvaluationRecord]?)? {
    guard let file = try? TensorFile.read(path),
      let iteration = file.metadata[CheckpointKey.iteration].flatMap(Int.init)
    else { return nil }
    do {
      return (iteration, try Checkpoint.evaluations(in: file, path: path))
    } catch {
      return nil
    }
  }
}

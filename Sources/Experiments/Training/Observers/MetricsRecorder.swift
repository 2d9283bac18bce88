import Foundation
import Runs

/// Writes `metrics.jsonl`, `evaluations.jsonl` and `results.json` of the run folder.
///
/// The line files are for people and scripts: a run continues from its checkpoint, not from them.
final class MetricsRecorder: TrainingObserver {
  private let folder: RunFolder
  private let metrics: LineFile
  private let evaluations: LineFile

  /// Keeps the lines of the first `iteration` steps and the evaluations made so far; starts new files if `iteration` is 0.
  /// - Parameter warn: is told which steps' lines are damaged or missing.
  init(
    _ folder: RunFolder, from iteration: Int, evaluations log: EvaluationLog,
    warn: (String) -> Void
  ) throws {
    self.folder = folder
    let steps = iteration > 0 ? Self.steps(in: folder.metrics, before: iteration, warn) : []
    metrics = try LineFile(folder.metrics, lines: steps)
    evaluations = try LineFile(folder.evaluations, lines: log.records.map(JSONFormat.text))
  }

  func observe(_ event: TrainingEvent) throws {
    switch event {
    case .started, .skipped, .unrecorded, .damaged, .warned: break
    case .step(let step): try metrics.append(step)
    case .evaluated(let record):
      try evaluations.append(record)
      try evaluations.synchronize()
    case .finished(let results):
      try folder.write(JSONFormat.document(results), to: folder.results)
    }
  }

  /// Waits until the lines of all steps are on the disk: a checkpoint must not be ahead of them.
  func synchronize() throws {
    try metrics.synchronize()
  }

  /// The steps recorded in a file of metrics, each once and in order.
  private static func steps(
    in path: String, before iteration: Int, _ warn: (String) -> Void
  ) -> [Data] {
    struct Step: Decodable {
      let iteration: Int
    }
    let found = JSONLines<Step>(contentsOf: path)
    if let damage = found.damage { warn("\(damage); it is left out") }
    var lines: [Int: Data] = [:]
    for (text, step) in found.lines where step.iteration < iteration {
      lines[step.iteration] = text
    }
    let steps = lines.sorted { $0.key < $1.key }
    // A run that was continued from another folder begins in the middle.
    if let first = steps.first?.key, steps.count < iteration - first {
      warn(
        "\(path) lacks \(iteration - first - steps.count) of the steps \(first) to \(iteration - 1)"
      )
    }
    return steps.map(\.value)
  }
}

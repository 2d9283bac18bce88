import Runs

/// Writes `metrics.jsonl`, `evaluations.jsonl` and `results.json` of the run folder.
final class MetricsRecorder: TrainingObserver {
  private let folder: RunFolder
  private let metrics: LineFile
  private let evaluations: LineFile

  /// Goes on after the lines of the first `iteration` steps, and begins anew at 0.
  init(_ folder: RunFolder, from iteration: Int) throws {
    self.folder = folder
    metrics = try LineFile(folder.metrics, keeping: iteration)
    let kept = EvaluationLog(contentsOf: folder.evaluations, upTo: iteration).records
    evaluations = try LineFile(folder.evaluations)
    for record in kept { try evaluations.append(record) }
  }

  func observe(_ event: TrainingEvent) throws {
    switch event {
    case .started, .skipped, .unrecorded: break
    case .step(let step): try metrics.append(step)
    case .evaluated(let record): try evaluations.append(record)
    case .finished(let results):
      try folder.write(JSONFormat.document(results), to: folder.results)
    }
  }
}

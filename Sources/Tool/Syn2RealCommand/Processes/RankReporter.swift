import Training

/// Tells what only the process of one rank knows of a run that several share; the first process tells everything else.
final class RankReporter: TrainingObserver {
  private let rank: Int

  init(rank: Int) {
    self.rank = rank
  }

  func observe(_ event: TrainingEvent) {
    if case .skipped(let reason) = event { StandardError.write("rank \(rank): left out \(reason)") }
  }
}

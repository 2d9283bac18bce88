import Torch

/// What a forward pass is for: a head may behave differently while it is trained. Backbones never do.
public enum NetworkMode: Sendable, Equatable {
  /// Evaluation: constant statistics, no dropout.
  case evaluation
  /// A training step; `seed` determines its random numbers, so that a resumed run draws the same ones. Where several
  /// processes share the batch, `share` is this one's: it draws and normalises as if it had the whole batch.
  case training(seed: UInt64, share: BatchShare? = nil)
}

extension NetworkMode {
  /// This process's share of a batch that several train on; nil where there is only this process.
  public var share: BatchShare? {
    if case .training(_, let share) = self { share } else { nil }
  }
}

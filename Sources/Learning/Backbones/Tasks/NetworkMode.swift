/// What a forward pass is for: a head may behave otherwise while it is trained. Backbones never do.
public enum NetworkMode: Sendable, Equatable {
  /// Judging: constant statistics, no dropout.
  case evaluation
  /// A training step; `seed` determines what it draws, so that a resumed run draws the same.
  case training(seed: UInt64)
}

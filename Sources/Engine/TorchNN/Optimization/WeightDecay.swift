/// A weight decay over a run: constant, or along half a cosine to another value.
struct WeightDecay: Sendable {
  /// At the start.
  let start: Double
  /// At the end; nil for the same.
  let end: Double?

  /// The decay when `progress`, a share in [0, 1], of the run is over.
  func value(at progress: Double) -> Double {
    end.map { halfCosine(from: start, to: $0, at: progress) } ?? start
  }
}

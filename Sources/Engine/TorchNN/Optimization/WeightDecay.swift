/// A weight decay over a run: constant, or along half a cosine to another value.
struct WeightDecay: Sendable {
  private let start: Double
  private let end: Double?
  /// The decay of the next step.
  private(set) var present: Double

  /// A decay that begins with `start`.
  /// - Parameter end: that at the end; nil for the same.
  init(_ start: Double, to end: Double?) {
    self.start = start
    self.end = end
    present = start
  }

  /// Goes on to the decay when `progress`, a share in [0, 1], of the run is over.
  mutating func begin(progress: Double) {
    present = end.map { halfCosine(from: start, to: $0, at: progress) } ?? start
  }
}

import Generalization

extension [Reliability] {
  /// The accuracy of each bin with images over its mean confidence, all evaluations counted together.
  var curve: [Curve.Point] {
    let count = map(\.bins.count).max() ?? 0
    return (0..<count).compactMap { index in
      let bins = filter { $0.bins.count == count }.map { $0.bins[index] }
      let images = Double(bins.reduce(0) { $0 + $1.images })
      guard images > 0 else { return nil }
      return Curve.Point(
        iteration: bins.reduce(0) { $0 + $1.confidence } / images,
        value: Double(bins.reduce(0) { $0 + $1.correct }) / images)
    }
  }
}

import Runs

extension ProbabilityFigures {
  /// The accuracy of each bin with images over its mean confidence.
  var curve: [Curve.Point] {
    reliability.bins.filter { $0.images > 0 }.map { bin in
      Curve.Point(
        iteration: bin.confidence / Double(bin.images),
        value: Double(bin.correct) / Double(bin.images))
    }
  }
}

import Runs

extension EvaluationRecord {
  /// The mean class accuracy of guessing, 1 / C for C classes that occur, and the largest one that guessing may be expected to
  /// reach; nil for fewer than two classes.
  /// Where so few images are there that guessing may reach everything, it is that of guessing itself.
  ///
  /// Guesses are right in 1 / C of n_c images of a class, with the variance (1 / C)(1 − 1 / C) / n_c; the limit is two standard
  /// deviations of the mean over classes above 1 / C. The pixels of an image are not guessed independently, so that for
  /// segmentation the limit is 1.05 / C.
  var chance: (accuracy: Double, limit: Double)? {
    let counts = confusion.map { $0.reduce(0, +) }.filter { $0 > 0 }
    guard counts.count > 1 else { return nil }
    let accuracy = 1 / Double(counts.count)
    if meanIoU != nil { return (accuracy, 1.05 * accuracy) }
    let variance = counts.reduce(0) { $0 + accuracy * (1 - accuracy) / Double($1) }
    let limit = accuracy + 2 * variance.squareRoot() * accuracy
    return (accuracy, limit < 1 ? limit : accuracy)
  }
}

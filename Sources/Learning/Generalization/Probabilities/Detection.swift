/// How well a score tells known images from unknown ones.
public enum Detection {
  /// The area under the receiver operating characteristic: the probability that a known image has a higher score than an
  /// unknown one, ties counted as one half; in [0, 1], 0.5 for a score that tells nothing. Nil where either is empty.
  ///
  /// Computed from the ranks of all scores (the statistic of Mann and Whitney).
  public static func areaUnderCurve(known: [Double], unknown: [Double]) -> Double? {
    guard !known.isEmpty, !unknown.isEmpty else { return nil }
    let scores =
      (known.map { (score: $0, isKnown: true) } + unknown.map { (score: $0, isKnown: false) })
      .sorted { $0.score < $1.score }
    var rankSum = 0.0
    var start = 0
    while start < scores.count {
      var end = start
      var knownCount = 0
      repeat {
        knownCount += scores[end].isKnown ? 1 : 0
        end += 1
      } while end < scores.count && scores[end].score == scores[start].score
      // The mean of the ranks start + 1 … end, for each known one among equals.
      rankSum += Double(knownCount) * Double(start + 1 + end) / 2
      start = end
    }
    let count = Double(known.count)
    return (rankSum - count * (count + 1) / 2) / (count * Double(unknown.count))
  }
}

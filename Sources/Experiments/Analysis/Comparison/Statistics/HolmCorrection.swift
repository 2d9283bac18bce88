import Runs

/// Holm's correction of several p-values (1979): the probability that any of the hypotheses is wrongly rejected stays below the
/// level at which the corrected values are judged.
package enum HolmCorrection {
  /// The corrected p-values of differences; nil for those without one, which count as tests all the same.
  static func corrected(of figures: [PairedDifference?]) -> [Double?] {
    zip(figures, corrected(figures.map { $0?.pValue ?? 1 })).map { figures, value in
      figures?.pValue == nil ? nil : value
    }
  }

  /// The corrected values in the order of `pValues`: for the k-th smallest of m, the largest of (m − j + 1)·p_j up to it, at
  /// most 1.
  package static func corrected(_ pValues: [Double]) -> [Double] {
    var corrected = pValues
    var largest = 0.0
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
      corrected[index] = largest
    }
    return corrected
  }
}

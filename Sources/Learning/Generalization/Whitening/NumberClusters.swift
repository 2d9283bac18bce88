/// The clusters of numbers by k-means, in ascending order (Lloyd's algorithm, started at evenly spaced quantiles).
package struct NumberClusters {
  /// The means of the clusters.
  package let centres: [Double]

  /// At most `count` clusters of `numbers`.
  package init(_ numbers: [Double], count: Int) {
    let sorted = numbers.sorted()
    guard !sorted.isEmpty else {
      centres = []
      return
    }
    var sums = [0.0]
    for number in sorted { sums.append(sums[sums.count - 1] + number) }
    var centres = (0..<max(count, 1)).map {
      sorted[(2 * $0 + 1) * sorted.count / (2 * max(count, 1))]
    }
    for _ in 0..<1000 {
      // Each cluster is a run of the sorted numbers.
      var ends = zip(centres, centres.dropFirst()).map { low, high in
        Self.count(in: sorted, upTo: (low + high) / 2)
      }
      ends.append(sorted.count)
      var start = 0
      let moved = zip(centres, ends).map { centre, end in
        defer { start = max(start, end) }
        return end > start ? (sums[end] - sums[start]) / Double(end - start) : centre
      }
      guard moved != centres else { break }
      centres = moved
    }
    self.centres = centres
  }

  /// What separates the first cluster from the others: numbers above it are not in the first; infinity where there is one alone.
  package var firstEnd: Double {
    centres.count > 1 ? (centres[0] + centres[1]) / 2 : .infinity
  }

  /// How many of the sorted numbers are at most `bound`.
  private static func count(in sorted: [Double], upTo bound: Double) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

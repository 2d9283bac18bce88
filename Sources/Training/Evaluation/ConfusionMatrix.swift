/// How often images of each class were taken for each class.
public struct ConfusionMatrix: Sendable, Equatable {
  /// Counts by true class, then predicted class.
  public private(set) var counts: [[Int]]

  /// An empty matrix over `classes`.
  public init(classes: Int) {
    counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
  }

  /// Counts one image.
  public mutating func add(label: Int, prediction: Int) {
    counts[label][prediction] += 1
  }

  /// The share of each class's images that were recognised; nil for a class without images.
  public var classAccuracies: [Double?] {
    counts.enumerated().map { label, row in
      let total = row.reduce(0, +)
      return total > 0 ? Double(row[label]) / Double(total) : nil
    }
  }

  /// The mean of the class accuracies over the classes that occur: the headline (ALGORITHM.md §7).
  public var meanClassAccuracy: Double {
    let occurring = classAccuracies.compactMap(\.self)
    return occurring.isEmpty ? 0 : occurring.reduce(0, +) / Double(occurring.count)
  }

  /// The share of all images that were recognised.
  public var accuracy: Double {
    let total = counts.joined().reduce(0, +)
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return total > 0 ? Double(right) / Double(total) : 0
  }
}

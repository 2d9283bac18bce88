/// How often images, or pixels, of each class were taken for each class.
public struct ConfusionMatrix: Sendable, Equatable {
  /// Counts by true class, then predicted class.
  public private(set) var counts: [[Int]]

  /// An empty matrix over `classes`.
  public init(classes: Int) {
    counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
  }

  /// A matrix of counts, square, by true class, then predicted class.
  public init(counts: [[Int]]) {
    self.counts = counts
  }

  /// Counts one image.
  public mutating func add(label: Int, prediction: Int) {
    counts[label][prediction] += 1
  }

  /// Adds the counts of `other`, a matrix over the same classes.
  public mutating func add(_ other: ConfusionMatrix) {
    for (label, row) in other.counts.enumerated() {
      for (prediction, count) in row.enumerated() { counts[label][prediction] += count }
    }
  }

  /// The share of the images of each class that were recognised; nil for a class without images.
  public var classAccuracies: [Double?] {
    counts.enumerated().map { label, row in
      let total = row.reduce(0, +)
      return total > 0 ? Double(row[label]) / Double(total) : nil
    }
  }

  /// The mean of the class accuracies over the classes that occur: the main figure (Algorithm.md §7).
  public var meanClassAccuracy: Double { mean(of: classAccuracies) }

  /// TP / (TP + FP + FN) of each class; nil for a class that neither occurs nor is predicted.
  public var intersectionsOverUnions: [Double?] {
    counts.indices.map { index in
      let labelled = counts[index].reduce(0, +)
      let predicted = counts.reduce(0) { $0 + $1[index] }
      let union = labelled + predicted - counts[index][index]
      return union > 0 ? Double(counts[index][index]) / Double(union) : nil
    }
  }

  /// The mean of the intersections over unions over the classes that occur (Algorithm.md §7).
  public var meanIntersectionOverUnion: Double { mean(of: intersectionsOverUnions) }

  /// The mean of a figure over the classes that occur and are not `left` out, by their places. What was taken for one that is
  /// left out is an error of its own class as ever.
  public func mean(of figures: [Double?], without left: Set<Int> = []) -> Double {
    let occurring = figures.indices.compactMap { index in
      !left.contains(index) && counts[index].contains { $0 > 0 } ? figures[index] : nil
    }
    return occurring.isEmpty ? 0 : occurring.reduce(0, +) / Double(occurring.count)
  }

  /// The share of all images that were recognised.
  public var accuracy: Double {
    let total = counts.joined().reduce(0, +)
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return total > 0 ? Double(right) / Double(total) : 0
  }
}

extension ConfusionMatrix: Codable {
  /// Reads counts of a file, which may be of a stranger.
  /// - Throws: `DecodingError` unless there are as many numbers in each row as rows, none below 0, and sums below 2⁵³.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    counts = try container.decode([[Int]].self)
    let total = counts.joined().reduce(0.0) { $0 + Double($1) }
    let isSquare = counts.allSatisfy { $0.count == counts.count }
    guard isSquare, counts.joined().allSatisfy({ $0 >= 0 }), total < 0x1p53 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a confusion matrix is square and has counts from 0 on")
    }
  }

  /// Writes the counts alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(counts)
  }
}

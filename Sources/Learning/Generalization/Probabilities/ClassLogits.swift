/// The logits of images or pixels with their true classes, row by row.
public struct ClassLogits: Sendable, Equatable {
  /// The number of classes: the length of a row.
  public let classes: Int
  /// The logits, one row after another.
  public private(set) var values: [Float] = []
  /// The true class of each row; empty where the rows have no labels.
  public private(set) var labels: [Int] = []

  /// No rows yet, of logits of `classes` classes.
  public init(classes: Int) {
    self.classes = max(classes, 1)
  }

  /// The rows of several sets, one set after another; nil where there is none, or one of them keeps no logits.
  public init?(joining sets: [ClassLogits?]) {
    guard let first = sets.first ?? nil, sets.allSatisfy({ $0?.classes == first.classes }) else {
      return nil
    }
    classes = first.classes
    for set in sets.compactMap(\.self) { append(set.values, labels: set.labels) }
  }

  /// The number of rows.
  public var count: Int { values.count / classes }

  /// Row `index`.
  public subscript(index: Int) -> [Double] {
    values[index * classes..<(index + 1) * classes].map(Double.init)
  }

  /// Adds rows.
  /// - Parameters:
  ///   - rows: their logits, one row after another.
  ///   - labels: the true class of each; empty where they have none.
  public mutating func append(_ rows: [Float], labels: [Int] = []) {
    values += rows
    self.labels += labels
  }
}

import Torch

/// How much the classes count in the task loss (``/Backbones/ClassWeighting``).
public enum ClassWeights: Sendable, Equatable {
  /// All the same.
  case none
  /// Each class by its rarity: w_c = N / (C · n_c) for n_c of N labelled elements, images or pixels, and C classes that
  /// occur; 0 for a class that does not occur. So all classes together count as much as they would without weights.
  case balanced
  /// By label; at least 0, and not all 0.
  case list([Double])
  /// By name; classes that are not named have 1.
  case named([String: Double])

  /// The weights by label; nil where all classes count the same.
  /// - Parameters:
  ///   - names: the names of the classes, by label.
  ///   - counted: counts the labelled elements of each class.
  /// - Throws: `ExperimentError` for weights that do not fit the classes.
  func values(for names: [String], counted: () throws -> [Int]?) throws -> [Double]? {
    switch self {
    case .none: return nil
    case .balanced:
      guard let counts = try counted() else { throw ExperimentError.classesNotCounted }
      return Self.balanced(counts)
    case .list(let weights):
      guard weights.count == names.count else {
        throw ExperimentError.otherWeights(expected: names, found: weights.count)
      }
      return try Self.checked(weights)
    case .named(let weights):
      if let name = weights.keys.sorted().first(where: { !names.contains($0) }) {
        throw ExperimentError.unknownWeight(name: name, known: names)
      }
      return try Self.checked(names.map { weights[$0] ?? 1 })
    }
  }

  /// N / (C · n_c) for every count n_c above 0.
  static func balanced(_ counts: [Int]) -> [Double] {
    let occurring = Double(counts.count { $0 > 0 })
    let total = Double(counts.reduce(0, +))
    return counts.map { $0 > 0 ? total / (occurring * Double($0)) : 0 }
  }

  private static func checked(_ weights: [Double]) throws(ExperimentError) -> [Double] {
    guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }), weights.contains(where: { $0 > 0 }) else {
      throw .unusableWeights(weights)
    }
    return weights
  }
}

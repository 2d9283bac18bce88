/// RandAugment (Cubuk et al., 2020) with 14 operations: each draw picks one uniformly, with
/// replacement, and applies it at the common magnitude.
public struct RandAugment: Sendable, Equatable {
  /// The magnitude at which every operation is at its strongest.
  public static let maximumMagnitude = 30.0

  /// How many operations are applied, one after the other (N).
  public let operations: Int

  /// The common magnitude, 0…30 (M).
  public let magnitude: Double

  /// Makes an augmentation.
  ///
  /// - Throws: `ImageError.invalidArgument` for a negative number of operations or a magnitude
  ///   outside 0…30.
  public init(operations: Int = 1, magnitude: Double = 6) throws(ImageError) {
    guard operations >= 0, (0...Self.maximumMagnitude).contains(magnitude) else {
      throw .invalidArgument(
        "RandAugment needs at least 0 operations and a magnitude from 0 to 30, "
          + "not \(operations) and \(magnitude).")
    }
    self.operations = operations
    self.magnitude = magnitude
  }

  /// Applies randomly drawn operations; the same words from the generator give the same image.
  ///
  /// - Parameter scale: the size of the image as a share of the picture's that it stands for: translations, whose levels
  ///   are pixels of that picture, are shortened by it.
  public func callAsFunction(
    _ image: Image, scale: Double = 1, using generator: inout some RandomNumberGenerator
  ) -> Image {
    var augmented = image
    for _ in 0..<operations {
      if let (operation, level) = draw(using: &generator) {
        augmented = operation.applied(
          to: augmented, level: operation.isInPixels ? level * scale : level)
      }
    }
    return augmented
  }

  /// Draws an operation, then whether it is applied, or its sign, if the operation needs this; nil if
  /// the operation is not applied.
  package func draw(
    using generator: inout some RandomNumberGenerator
  ) -> (operation: AugmentationOperation, level: Double)? {
    let all = AugmentationOperation.allCases
    let operation = all[generator.nextInteger(below: all.count)]
    let level = level(of: operation)
    if operation.isProbabilistic {
      return generator.nextUnitDouble() < level ? (operation, level) : nil
    }
    let isNegative = operation.isSigned && generator.nextBoolean()
    return (operation, isNegative ? -level : level)
  }

  /// The level of an operation at this magnitude: M/30 · (max − min) + min.
  package func level(of operation: AugmentationOperation) -> Double {
    let levels = operation.levels
    return magnitude / Self.maximumMagnitude * (levels.upperBound - levels.lowerBound)
      + levels.lowerBound
  }
}

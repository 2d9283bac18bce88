/// One of the 14 operations from which RandAugment draws.
public enum AugmentationOperation: String, Sendable, CaseIterable {
  case identity, autoContrast, equalize, rotate, posterize, solarize
  case color, contrast, brightness, sharpness
  case shearX, shearY, translateX, translateY

  /// The levels at which the operation is used, from the weakest to the strongest, in its own unit.
  ///
  /// A probability for `autoContrast` and `equalize`; degrees for `rotate`; bits taken away for
  /// `posterize`; how far the threshold lies below 256 for `solarize`; the distance of the factor
  /// from 1 for the four enhancements; columns per row (rows per column) for the shears; pixels for
  /// the translations. `identity` has none.
  public var levels: ClosedRange<Double> {
    switch self {
    case .identity: 0...0
    case .autoContrast, .equalize: 0...1
    case .rotate: 0...30
    case .posterize: 0...7
    case .solarize: 0...256
    case .color, .contrast, .brightness, .sharpness: 0...0.9
    case .shearX, .shearY: 0...0.3
    case .translateX, .translateY: 0...100
    }
  }

  /// Whether the level is the probability with which the operation is applied.
  public var isProbabilistic: Bool {
    switch self {
    case .autoContrast, .equalize: true
    default: false
    }
  }

  /// Whether the sign of the level is drawn at random.
  public var isSigned: Bool {
    switch self {
    case .rotate, .color, .contrast, .brightness, .sharpness, .shearX, .shearY, .translateX,
      .translateY:
      true
    default: false
    }
  }

  /// Whether the level is a number of pixels.
  public var isInPixels: Bool { self == .translateX || self == .translateY }

  /// Applies the operation at a level, with Pillow's arithmetic.
  ///
  /// - Parameters:
  ///   - image: 1, 3 or 4 channels; the tonal operations leave alpha alone.
  ///   - level: in the unit of `levels`, negative for the other direction; `autoContrast` and
  ///     `equalize` are applied at any level.
  public func applied(to image: Image, level: Double) -> Image {
    switch self {
    case .identity: image
    case .autoContrast: image.autoContrasted()
    case .equalize: image.equalized()
    case .rotate: image.rotated(degrees: level)
    case .posterize: image.posterized(bits: 8 - Int(min(7, max(0, level))))
    case .solarize: image.solarized(threshold: 256 - level)
    case .color: image.colorEnhanced(factor: 1 + level)
    case .contrast: image.contrastEnhanced(factor: 1 + level)
    case .brightness: image.brightnessEnhanced(factor: 1 + level)
    case .sharpness: image.sharpnessEnhanced(factor: 1 + level)
    case .shearX: image.transformed(by: AffineMap(xx: 1, xy: level))
    case .shearY: image.transformed(by: AffineMap(xx: 1, yx: level))
    case .translateX: image.transformed(by: AffineMap(x: level))
    case .translateY: image.transformed(by: AffineMap(y: level))
    }
  }
}

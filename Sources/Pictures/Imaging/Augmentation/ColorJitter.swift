/// Random changes of brightness, contrast, saturation and hue, in random order: torchvision's `ColorJitter` on Pillow
/// images.
public struct ColorJitter: Sendable, Equatable {
  /// The largest distance from 1 of the factors of brightness, contrast and saturation, and the largest share of a whole
  /// turn by which hues are turned.
  public let strength: Double

  /// A jitter of all four by `strength`, at most half.
  /// - Throws: `ImageError.invalidArgument` outside 0…0.5: hues cannot be turned by more than half a turn.
  public init(strength: Double) throws(ImageError) {
    guard (0...0.5).contains(strength) else {
      throw .invalidArgument("Colour jitter has a strength from 0 to 0.5, not \(strength).")
    }
    self.strength = strength
  }

  /// One of the changes.
  package enum Change: CaseIterable, Sendable {
    case brightness
    case contrast
    case saturation
    case hue

    /// - Parameter amount: the factor; for `hue` the share of a turn.
    package func applied(to image: Image, amount: Double) -> Image {
      switch self {
      case .brightness: image.brightnessEnhanced(factor: amount)
      case .contrast: image.contrastEnhanced(factor: amount)
      case .saturation: image.colorEnhanced(factor: amount)
      case .hue: image.hueShifted(by: amount)
      }
    }
  }

  /// Applies all four changes; the same words from the generator give the same image.
  public func callAsFunction(
    _ image: Image, using generator: inout some RandomNumberGenerator
  ) -> Image {
    guard strength > 0 else { return image }
    return draw(using: &generator).reduce(image) { $1.change.applied(to: $0, amount: $1.amount) }
  }

  /// Applies all four changes and crops. The pixels are the same as after separate steps, but the others are not computed if
  /// nothing depends on them.
  ///
  /// - Throws: `ImageError.invalidArgument` if the rectangle is not inside the image.
  public func callAsFunction(
    _ image: Image, keeping rectangle: PixelRectangle,
    using generator: inout some RandomNumberGenerator
  ) throws(ImageError) -> Image {
    try image.checkContains(rectangle)
    guard strength > 0 else { return image.cropped(toInner: rectangle) }
    let changes = draw(using: &generator)
    // Contrast depends on the mean of the whole image after the changes before it.
    let before = changes.prefix { $0.change != .contrast }
    let whole = before.reduce(image) { $1.change.applied(to: $0, amount: $1.amount) }
    let mean = before.count < changes.count ? whole.meanLuminance() : 0
    return changes.dropFirst(before.count).reduce(whole.cropped(toInner: rectangle)) {
      $1.change == .contrast
        ? $0.contrastEnhanced(factor: $1.amount, about: mean)
        : $1.change.applied(to: $0, amount: $1.amount)
    }
  }

  /// Draws the order, then the amount of each change in that order.
  package func draw(
    using generator: inout some RandomNumberGenerator
  ) -> [(change: Change, amount: Double)] {
    var order = Change.allCases
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, generator.nextInteger(below: last + 1))
    }
    return order.map { change in
      let offset = strength * (2 * generator.nextUnitDouble() - 1)
      return (change, change == .hue ? offset : 1 + offset)
    }
  }
}

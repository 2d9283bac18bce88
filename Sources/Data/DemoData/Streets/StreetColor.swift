/// Red, green and blue, 0 to 1.
struct StreetColor {
  var channels: SIMD3<Double>

  init(_ red: Double, _ green: Double, _ blue: Double) {
    channels = SIMD3(red, green, blue)
  }

  private init(_ channels: SIMD3<Double>) {
    self.channels = channels
  }

  /// Brighter or darker.
  static func * (color: StreetColor, factor: Double) -> StreetColor {
    StreetColor(color.channels * factor)
  }

  /// Part of the way to another colour.
  func mixed(with other: StreetColor, _ share: Double) -> StreetColor {
    StreetColor(channels + (other.channels - channels) * min(max(share, 0), 1))
  }

  /// Less colourful for a `saturation` below 1, more above.
  func saturated(_ saturation: Double) -> StreetColor {
    let grey = channels.sum() / 3
    return StreetColor(SIMD3(repeating: grey) + (channels - grey) * saturation)
  }
}

/// Red, green and blue, 0 to 1.
struct StreetColor {
  var channels: SIMD3<Double>

  init(_ red: Double, _ green: Double, _ blue: Double) {
    channels = SIMD3(red, green, blue)
  }

  private init(_ channels: SIMD3<Double>) {
    self.channels = channels
  }

  /// The colour made brighter or darker.
  static func * (color: StreetColor, factor: Double) -> StreetColor {
    StreetColor(color.channels * factor)
  }

  /// The colour mixed with a part of another colour.
  func mixed(with other: StreetColor, _ share: Double) -> StreetColor {
    StreetColor(channels + (other.channels - channels) * min(max(share, 0), 1))
  }

  /// The colour made less colourful with a `saturation` below 1, or more with one above 1.
  func saturated(_ saturation: Double) -> StreetColor {
    let grey = channels.sum() / 3
    return StreetColor(SIMD3(repeating: grey) + (channels - grey) * saturation)
  }
}

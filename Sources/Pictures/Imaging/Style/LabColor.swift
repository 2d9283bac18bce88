import Foundation

/// A colour of CIE 1976 L*a*b* with the white point D65, in which distances are about as large as they look.
struct LabColor {
  /// L*, a* and b*.
  var coordinates: SIMD3<Double>

  /// XYZ of D65 (2°), Y = 1.
  private static let white = SIMD3(0.95047, 1, 1.08883)
  /// Where the cube root gives way to a line, and the line's slope and offset, rounded as scikit-image has them.
  private static let limit = 0.008856
  private static let slope = 7.787
  private static let offset = 16.0 / 116

  /// The linear light of each 8-bit sRGB sample (IEC 61966-2-1).
  private static let light: [Double] = (0..<256).map { sample in
    let value = Double(sample) / 255
    return value > 0.04045 ? pow((value + 0.055) / 1.055, 2.4) : value / 12.92
  }

  /// The colour of 8-bit sRGB samples.
  init(red: UInt8, green: UInt8, blue: UInt8) {
    let (r, g, b) = (Self.light[Int(red)], Self.light[Int(green)], Self.light[Int(blue)])
    let xyz = SIMD3(
      0.412453 * r + 0.357580 * g + 0.180423 * b,
      0.212671 * r + 0.715160 * g + 0.072169 * b,
      0.019334 * r + 0.119193 * g + 0.950227 * b)
    let ratios = xyz / Self.white
    let (x, y, z) = (Self.root(ratios.x), Self.root(ratios.y), Self.root(ratios.z))
    coordinates = SIMD3(116 * y - 16, 500 * (x - y), 200 * (y - z))
  }

  /// A colour of given coordinates.
  init(_ coordinates: SIMD3<Double>) {
    self.coordinates = coordinates
  }

  /// The nearest 8-bit sRGB samples; colours outside of sRGB are limited channel by channel.
  var samples: SIMD3<UInt8> {
    let y = (coordinates.x + 16) / 116
    let ratios = SIMD3(
      Self.cube(y + coordinates.y / 500), Self.cube(y), Self.cube(max(y - coordinates.z / 200, 0)))
    let xyz = ratios * Self.white
    return SIMD3(
      Self.sample(3.240481343201 * xyz.x - 1.537151516271 * xyz.y - 0.498536326169 * xyz.z),
      Self.sample(-0.969254949997 * xyz.x + 1.87599000149 * xyz.y + 0.041555926558 * xyz.z),
      Self.sample(0.055646639135 * xyz.x - 0.204041338367 * xyz.y + 1.057311069645 * xyz.z))
  }

  private static func root(_ ratio: Double) -> Double {
    ratio > limit ? cbrt(ratio) : slope * ratio + offset
  }

  private static func cube(_ root: Double) -> Double {
    root > 0.2068966 ? root * root * root : (root - offset) / slope
  }

  private static func sample(_ light: Double) -> UInt8 {
    let value = light > 0.0031308 ? 1.055 * pow(light, 1 / 2.4) - 0.055 : 12.92 * light
    return UInt8(min(max((value * 255).rounded(), 0), 255))
  }
}

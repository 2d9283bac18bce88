import Imaging

extension Image {
  /// An image of random samples.
  static func random(
    width: Int, height: Int, channels: Int, using generator: inout SplitMix64
  ) throws -> Image {
    try Image(
      width: width, height: height, channels: channels,
      pixels: (0..<(width * height * channels)).map { _ in UInt8(generator.nextInteger(below: 256))
      })
  }
}

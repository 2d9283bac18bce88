/// A picture of 8-bit samples in memory.
///
/// Pixels lie row by row from the top, the channels of a pixel side by side (HWC): the sample of
/// channel `c` at column `x`, row `y` is `pixels[(y * width + x) * channels + c]`. One channel is
/// grey (or a class index), three are RGB, four are RGB with straight alpha.
public struct Image: Sendable, Equatable {
  /// The largest number of pixels of an image in memory; for files, `DecodingLimits` allow fewer.
  public static let maximumPixelCount = 1 << 28

  /// Columns, at least 1.
  public let width: Int

  /// Rows, at least 1.
  public let height: Int

  /// Samples per pixel: 1, 3 or 4.
  public let channels: Int

  /// The samples, `height × width × channels` of them, contiguous.
  public let pixels: [UInt8]

  /// Makes an image from given samples.
  ///
  /// - Throws: `ImageError.invalidArgument` for an impossible shape or a wrong number of samples.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) throws(ImageError) {
    try Image.checkShape(width: width, height: height, channels: channels)
    guard pixels.count == width * height * channels else {
      throw .invalidArgument(
        "An image of \(width) × \(height) pixels and \(channels) channels needs "
          + "\(width * height * channels) samples, not \(pixels.count).")
    }
    self.init(uncheckedWidth: width, height: height, channels: channels, pixels: pixels)
  }

  /// Makes an image of one colour.
  ///
  /// - Parameter color: one sample per channel: grey, RGB or RGBA.
  /// - Throws: `ImageError.invalidArgument` for an impossible shape.
  public init(width: Int, height: Int, color: [UInt8]) throws(ImageError) {
    try Image.checkShape(width: width, height: height, channels: color.count)
    self.init(width: width, height: height, channels: color.count) { samples in
      Image.fill(samples, with: color)
    }
  }
}

extension Image {
  /// The caller must make sure that the shape is valid.
  init(uncheckedWidth width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// An image of a shape that is known to be valid; `body` writes all of its samples.
  init(
    width: Int, height: Int, channels: Int,
    initializingWith body: (UnsafeMutableBufferPointer<UInt8>) -> Void
  ) {
    let count = width * height * channels
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      body(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initializedCount = count
    }
    self.init(uncheckedWidth: width, height: height, channels: channels, pixels: pixels)
  }

  /// An image of the same shape; `body` computes all of its samples from those of this one.
  func map(
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<UInt8>) -> Void
  ) -> Image {
    Image(width: width, height: height, channels: channels) { output in
      pixels.withUnsafeBufferPointer { body($0, output) }
    }
  }

  /// Calls `body` with the number of channels as a constant, for which the compiler unrolls its loops.
  @inline(__always)
  func withConstantChannels(_ body: (Int) -> Void) {
    Imaging.withConstantChannels(channels, body)
  }

  static func checkShape(width: Int, height: Int, channels: Int) throws(ImageError) {
    guard channels == 1 || channels == 3 || channels == 4 else {
      throw .invalidArgument("An image has 1, 3 or 4 channels, not \(channels).")
    }
    guard width > 0, height > 0, isAllowed(width: width, height: height) else {
      throw .invalidArgument(
        "An image cannot be \(width) × \(height) pixels; "
          + "sides are at least 1 and the area is at most \(maximumPixelCount).")
    }
  }

  static func isAllowed(width: Int, height: Int) -> Bool {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    return !overflow && area <= maximumPixelCount
  }

  static func fill(_ samples: UnsafeMutableBufferPointer<UInt8>, with color: [UInt8]) {
    let channels = color.count
    for (channel, value) in color.enumerated() {
      var index = channel
      while index < samples.count {
        samples[index] = value
        index += channels
      }
    }
  }
}

/// Calls `body` with a number of channels as a constant, for which the compiler unrolls its loops.
@inline(__always)
func withConstantChannels(_ channels: Int, _ body: (Int) -> Void) {
  switch channels {
  case 1: body(1)
  case 3: body(3)
  default: body(4)
  }
}

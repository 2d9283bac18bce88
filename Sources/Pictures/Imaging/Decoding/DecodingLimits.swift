#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What an image file may ask for, since a few bytes can ask for gigabytes or hours: larger ones are refused before
/// memory is taken.
public struct DecodingLimits: Sendable, Equatable {
  /// The environment variable that sets the standard `maximumPixelCount`.
  public static let variable = "SYN2REAL_MAXIMUM_PIXELS"

  /// The limits that apply if none are given: those of `init`, with the number of pixels that the environment variable
  /// `SYN2REAL_MAXIMUM_PIXELS` allows if it is a valid number.
  public static let standard =
    (try? DecodingLimits(variable: getenv(variable).map { String(cString: $0) }))
    ?? DecodingLimits()

  /// The largest number of pixels of an image, width × height, up to `Image.maximumPixelCount`.
  public var maximumPixelCount: Int
  /// The largest number of scans of a JPEG, each of which is a pass over all of its pixels; progressive ones have about ten.
  public var maximumScanCount: Int
  /// The largest number of bytes of the unpacked texts and colour profiles of a PNG.
  public var maximumMetadataByteCount: Int
  /// The largest number of bytes of a file.
  public var maximumFileByteCount: Int

  /// Limits.
  ///
  /// - Parameters:
  ///   - maximumPixelCount: 8192 × 8192 by default; a PNG of this size with 16 bits per sample takes about 1.2 GB while it
  ///     is decoded.
  ///   - maximumFileByteCount: by default 512 MB, or more if that many pixels could need it.
  public init(
    maximumPixelCount: Int = 1 << 26, maximumScanCount: Int = 100,
    maximumMetadataByteCount: Int = 1 << 26, maximumFileByteCount: Int? = nil
  ) {
    let pixelCount = min(maximumPixelCount, Image.maximumPixelCount)
    self.maximumPixelCount = pixelCount
    self.maximumScanCount = maximumScanCount
    self.maximumMetadataByteCount = maximumMetadataByteCount
    // Four samples of 16 bits are the most a pixel has.
    self.maximumFileByteCount = maximumFileByteCount ?? max(1 << 29, 8 * pixelCount)
  }

  /// The limits that the environment variable `SYN2REAL_MAXIMUM_PIXELS` asks for.
  ///
  /// - Parameter value: the value of the variable; nil if it is not set.
  /// - Throws: `ImageError.invalidArgument` for a value that is not a number of pixels.
  public init(variable value: String?) throws(ImageError) {
    guard let value else {
      self.init()
      return
    }
    guard let count = Int(value), (1...Image.maximumPixelCount).contains(count) else {
      throw .invalidArgument(
        "\(Self.variable) must be a whole number from 1 to \(Image.maximumPixelCount), not '\(value)'."
      )
    }
    self.init(maximumPixelCount: count)
  }

  func check(width: Int, height: Int, path: String) throws(ImageError) {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, area <= maximumPixelCount, area <= Image.maximumPixelCount else {
      throw .tooLarge(
        path: path, width: width, height: height,
        limit: min(maximumPixelCount, Image.maximumPixelCount))
    }
  }
}

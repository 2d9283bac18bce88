/// Turns 8-bit samples into network input: (x / 255 − mean) / standard deviation per channel, in
/// float32 step by step, as torchvision's `ToTensor` and `Normalize` compute it.
public struct ChannelNormalization: Sendable, Equatable {
  /// The statistics of ImageNet that published weights expect, for RGB.
  public static let imageNet = ChannelNormalization(
    uncheckedMean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])

  /// Mean of each channel, for samples in [0, 1].
  public let mean: [Float]

  /// Standard deviation of each channel, for samples in [0, 1].
  public let standardDeviation: [Float]

  /// The result for each of the 256 sample values, channel after channel.
  private let table: [Float]

  /// Makes a normalisation.
  ///
  /// - Throws: `ImageError.invalidArgument` when the two differ in length, or a deviation is not
  ///   a positive finite number.
  public init(mean: [Float], standardDeviation: [Float]) throws(ImageError) {
    guard mean.count == standardDeviation.count, mean.allSatisfy(\.isFinite),
      standardDeviation.allSatisfy({ $0.isFinite && $0 > 0 })
    else {
      throw .invalidArgument(
        "Means \(mean) and standard deviations \(standardDeviation) must be one finite pair per "
          + "channel, each deviation above 0.")
    }
    self.init(uncheckedMean: mean, standardDeviation: standardDeviation)
  }

  private init(uncheckedMean mean: [Float], standardDeviation: [Float]) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    table = zip(mean, standardDeviation).flatMap { mean, deviation in
      (0..<256).map { (Float($0) / 255 - mean) / deviation }
    }
  }

  /// Writes an image as channels × height × width floats, rows from the top.
  ///
  /// - Parameter output: exactly `channels × height × width` floats; need not be initialised.
  /// - Throws: `ImageError.invalidArgument` when the image has another number of channels, or
  ///   `output` another number of elements.
  public func write(
    _ image: Image, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ImageError) {
    try write(image, x: 0, y: 0, into: output, width: image.width, height: image.height)
  }

  /// Writes an image onto a canvas of zeros, which are the mean colour: channels × height × width floats.
  ///
  /// - Parameters:
  ///   - x: the column of the image's left edge.
  ///   - y: the row of its upper edge.
  ///   - output: exactly `channels × height × width` floats; need not be initialised.
  ///   - width: of the canvas.
  ///   - height: of the canvas.
  /// - Throws: `ImageError.invalidArgument` when the image has another number of channels or reaches beyond the canvas, or
  ///   `output` has another number of elements.
  public func write(
    _ image: Image, x: Int, y: Int, into output: UnsafeMutableBufferPointer<Float>, width: Int,
    height: Int
  ) throws(ImageError) {
    let place = PixelRectangle(x: x, y: y, width: image.width, height: image.height)
    guard image.channels == mean.count, place.isInside(width: width, height: height),
      output.count == width * height * image.channels
    else {
      throw .invalidArgument(
        "An image of \(image.width) × \(image.height) pixels and \(image.channels) channels at "
          + "(\(x), \(y)) does not fit statistics of \(mean.count) channels, \(width) × \(height) "
          + "places and a buffer of \(output.count) floats.")
    }
    if image.width < width || image.height < height { output.update(repeating: 0) }
    image.pixels.withUnsafeBufferPointer { input in
      table.withUnsafeBufferPointer { table in
        image.withConstantChannels { channels in
          for channel in 0..<channels {
            for row in 0..<image.height {
              let source = row &* image.width &* channels &+ channel
              let target = (channel &* height &+ y &+ row) &* width &+ x
              for column in 0..<image.width {
                output[target &+ column] =
                  table[Int(input[source &+ column &* channels]) | (channel &<< 8)]
              }
            }
          }
        }
      }
    }
  }

  /// The image as a new array of channels × height × width floats.
  ///
  /// - Throws: `ImageError.invalidArgument` when the image has another number of channels.
  public func callAsFunction(_ image: Image) throws(ImageError) -> [Float] {
    var failure: ImageError?
    let count = image.pixels.count
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      do throws(ImageError) {
        try write(image, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        initializedCount = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return values
  }
}

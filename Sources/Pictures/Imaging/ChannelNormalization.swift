import CPixels

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

  /// Whether the vector unit gives the same results, bit for bit.
  package let suitsVectorUnit: Bool

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
    let table = zip(mean, standardDeviation).flatMap { mean, deviation in
      (0..<256).map { (Float($0) / 255 - mean) / deviation }
    }
    self.table = table
    suitsVectorUnit =
      ChannelNormalization.vectorTable(mean, standardDeviation)?.map(\.bitPattern)
      == table.map(\.bitPattern)
  }

  /// The vector unit's result for each of the 256 sample values; nil if it cannot be used.
  private static func vectorTable(_ mean: [Float], _ standardDeviation: [Float]) -> [Float]? {
    guard mean.count == 3, VectorUnit.isUsed else { return nil }
    let greys = (0..<(3 * 256)).map { UInt8($0 / 3) }
    var table = [Float](repeating: 0, count: 3 * 256)
    let isDone = greys.withUnsafeBufferPointer { greys in
      table.withUnsafeMutableBufferPointer { table in
        writeWithVectorUnit(
          mean, standardDeviation, greys.baseAddress, 256,
          (0..<3).map { table.baseAddress?.advanced(by: 256 * $0) })
      }
    }
    return isDone ? table : nil
  }

  private static func writeWithVectorUnit(
    _ mean: [Float], _ standardDeviation: [Float], _ pixels: UnsafePointer<UInt8>?, _ count: Int,
    _ planes: [UnsafeMutablePointer<Float>?]
  ) -> Bool {
    let statistics = zip(mean, standardDeviation).map { cpx_statistics(mean: $0, deviation: $1) }
    return cpx_normalize_rgb(VectorUnit.widest.forC, statistics, pixels, count, planes)
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
  ///   - width: the width of the canvas.
  ///   - height: the height of the canvas.
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
    // Rows that follow each other without a gap are one long row.
    let isWhole = image.width == width
    let rows = isWhole ? 1 : image.height
    let rowLength = isWhole ? width * image.height : image.width
    let plane = width * height
    image.pixels.withUnsafeBufferPointer { input in
      for row in 0..<rows {
        let start = row * rowLength * image.channels
        let source = UnsafeBufferPointer(
          rebasing: input[start..<(start + rowLength * image.channels)])
        let target = UnsafeMutableBufferPointer(rebasing: output[((y + row) * width + x)...])
        write(source, count: rowLength, into: target, plane: plane)
      }
    }
  }

  /// Writes pixels that lie side by side.
  /// - Parameters:
  ///   - output: where the first channel's floats begin.
  ///   - plane: the distance from there to the floats of the next channel.
  private func write(
    _ input: UnsafeBufferPointer<UInt8>, count: Int, into output: UnsafeMutableBufferPointer<Float>,
    plane: Int
  ) {
    var written = 0
    if suitsVectorUnit, VectorUnit.isUsed,
      Self.writeWithVectorUnit(
        mean, standardDeviation, input.baseAddress, count,
        (0..<3).map { output.baseAddress?.advanced(by: $0 * plane) })
    {
      written = count / 8 * 8
    }
    table.withUnsafeBufferPointer { table in
      withConstantChannels(mean.count) { channels in
        for channel in 0..<channels {
          for column in written..<count {
            output[channel &* plane &+ column] =
              table[Int(input[column &* channels &+ channel]) | (channel &<< 8)]
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

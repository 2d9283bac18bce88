import CPixels

extension Image {
  /// The image with every sample replaced by its entry in a table.
  ///
  /// - Parameter table: 256 samples; one that is missing stands for 0.
  public func mapped(through table: [UInt8]) -> Image {
    let whole = table + [UInt8](repeating: 0, count: max(0, 256 - table.count))
    return map { input, output in
      whole.withUnsafeBufferPointer { whole in
        let done = cpx_map_samples(
          VectorUnit.widest.forC, whole.baseAddress, input.baseAddress, input.count,
          output.baseAddress)
        for index in done..<input.count { output[index] = whole[Int(input[index])] }
      }
    }
  }

  /// The mean of this image and another of the same shape, rounded.
  ///
  /// - Parameter opacity: the share of `other`, from 0 to 255, which stands for all of it.
  /// - Throws: `ImageError.invalidArgument` if the shapes differ.
  public func overlaid(with other: Image, opacity: UInt8) throws(ImageError) -> Image {
    guard other.width == width, other.height == height, other.channels == channels else {
      throw .invalidArgument(
        "An image of \(other.width) × \(other.height) pixels and \(other.channels) channels cannot be "
          + "laid over one of \(width) × \(height) and \(channels).")
    }
    let share = UInt32(opacity)
    return map { input, output in
      other.pixels.withUnsafeBufferPointer { other in
        for index in 0..<input.count {
          let sum = UInt32(input[index]) &* (255 &- share) &+ UInt32(other[index]) &* share
          output[index] = UInt8(truncatingIfNeeded: (sum &+ 127) / 255)
        }
      }
    }
  }
}

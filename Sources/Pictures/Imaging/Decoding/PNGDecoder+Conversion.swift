import CSPNG

extension PNGDecoder {
  /// Three channels, without alpha.
  func rgb() -> Image {
    switch colorType {
    case SPNG_COLOR_TYPE_INDEXED: paletteColors(channels: 3)
    case SPNG_COLOR_TYPE_GRAYSCALE, SPNG_COLOR_TYPE_GRAYSCALE_ALPHA: gathered(from: [0, 0, 0])
    default: gathered(from: [0, 1, 2])
    }
  }

  /// Four channels; a colour the file names as transparent gets alpha 0, as in Pillow.
  func rgba() -> Image {
    switch colorType {
    case SPNG_COLOR_TYPE_INDEXED: paletteColors(channels: 4)
    case SPNG_COLOR_TYPE_TRUECOLOR_ALPHA: gathered(from: [0, 1, 2, 3])
    case SPNG_COLOR_TYPE_GRAYSCALE_ALPHA: gathered(from: [0, 0, 0, 1])
    default: clearingTransparentColor(in: rgb().withOpaqueAlpha())
    }
  }

  /// One channel of palette indices or 8-bit grey values.
  /// - Parameter inFirstChannel: whether of several channels, or of 16 bits, the first channel is taken.
  func indices(inFirstChannel: Bool) throws(ImageError) -> Image {
    switch (colorType, bitDepth) {
    case (SPNG_COLOR_TYPE_INDEXED, _), (SPNG_COLOR_TYPE_GRAYSCALE, 8):
      return Image(
        uncheckedWidth: width, height: height, channels: 1, pixels: samples(scaled: false))
    case (_, 8...) where inFirstChannel:
      return try firstChannel()
    default:
      throw .unsupported(
        path: name,
        reason: "a label map is a palette PNG or an 8-bit grey PNG, "
          + "not one of \(storedChannels) channels of \(bitDepth) bits")
    }
  }

  /// The first of the stored channels, of 8 or 16 bits each.
  private func firstChannel() throws(ImageError) -> Image {
    let pixelBytes = storedChannels * bitDepth / 8
    let isWide = bitDepth == 16
    if isWide, let pixel = (0..<width * height).first(where: { storedRows[$0 * pixelBytes] > 0 }) {
      let value = Int(storedRows[pixel * pixelBytes]) << 8 | Int(storedRows[pixel * pixelBytes + 1])
      throw .unsupported(
        path: name,
        reason: "the first channel of a label map holds values up to 255, not \(value) as at "
          + "column \(pixel % width), row \(pixel / width)")
    }
    return Image(width: width, height: height, channels: 1) { output in
      storedRows.withUnsafeBufferPointer { input in
        for pixel in 0..<(width * height) {
          output[pixel] = input[pixel * pixelBytes + (isWide ? 1 : 0)]
        }
      }
    }
  }

  private func paletteColors(channels: Int) -> Image {
    let indices = samples(scaled: false)
    return Image(width: width, height: height, channels: channels) { output in
      palette.withUnsafeBufferPointer { palette in
        for (pixel, index) in indices.enumerated() {
          for channel in 0..<channels {
            output[pixel * channels + channel] = palette[4 * Int(index) + channel]
          }
        }
      }
    }
  }

  /// An image whose channel `c` is stored channel `sources[c]`.
  private func gathered(from sources: [Int]) -> Image {
    let stored = storedChannels
    let samples = samples(scaled: true)
    if stored == sources.count {
      return Image(uncheckedWidth: width, height: height, channels: stored, pixels: samples)
    }
    let channels = sources.count
    return Image(width: width, height: height, channels: channels) { output in
      samples.withUnsafeBufferPointer { input in
        for (channel, source) in sources.enumerated() {
          for pixel in 0..<(width * height) {
            output[pixel * channels + channel] = input[pixel * stored + source]
          }
        }
      }
    }
  }

  /// Pillow compares with the low byte of the named colour, whatever the bit depth.
  private func clearingTransparentColor(in image: Image) -> Image {
    guard let transparentColor else { return image }
    let color =
      transparentColor.count == 3
      ? transparentColor.map { UInt8(truncatingIfNeeded: $0) }
      : [UInt8](repeating: transparentGrey(transparentColor[0]), count: 3)
    return image.map { input, output in
      for offset in stride(from: 0, to: output.count, by: 4) {
        let isTransparent =
          input[offset] == color[0] && input[offset + 1] == color[1]
          && input[offset + 2] == color[2]
        for channel in 0..<3 { output[offset + channel] = input[offset + channel] }
        output[offset + 3] = isTransparent ? 0 : 255
      }
    }
  }

  private func transparentGrey(_ stored: UInt16) -> UInt8 {
    bitDepth == 1 ? (stored == 0 ? 0 : 255) : UInt8(truncatingIfNeeded: stored)
  }

  /// The stored samples, one byte each and without padding between rows.
  ///
  /// - Parameter scaled: whether samples of 1, 2 or 4 bits are stretched to 0…255.
  private func samples(scaled: Bool) -> [UInt8] {
    if bitDepth == 8 { return storedRows }
    let count = width * height * storedChannels
    return [UInt8](unsafeUninitializedCapacity: count) { output, initializedCount in
      storedRows.withUnsafeBufferPointer { input in
        if bitDepth == 16 {
          reduceTo8Bits(input, output, count: count)
        } else {
          unpack(input, output, factor: scaled ? UInt8(255 / ((1 << bitDepth) - 1)) : 1)
        }
      }
      initializedCount = count
    }
  }

  /// Keeps the high byte, except for grey without alpha, which Pillow clips at 255 instead.
  private func reduceTo8Bits(
    _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>, count: Int
  ) {
    let clips = colorType == SPNG_COLOR_TYPE_GRAYSCALE
    for index in 0..<count {
      let high = input[2 * index]
      output[index] = clips ? (high == 0 ? input[2 * index + 1] : 255) : high
    }
  }

  /// Samples of fewer than 8 bits have one channel.
  private func unpack(
    _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>, factor: UInt8
  ) {
    let perByte = 8 / bitDepth
    let mask = UInt8((1 << bitDepth) - 1)
    for row in 0..<height {
      for column in 0..<width {
        let byte = input[row * storedRowBytes + column / perByte]
        let shift = 8 - bitDepth * (column % perByte + 1)
        output[row * width + column] = ((byte >> shift) & mask) &* factor
      }
    }
  }
}

extension Image {
  /// RGBA with colours multiplied by alpha, in Pillow's arithmetic.
  func premultiplied() -> Image {
    map { input, output in
      for offset in stride(from: 0, to: input.count, by: 4) {
        let alpha = Int32(input[offset + 3])
        for channel in 0..<3 {
          let product = Int32(input[offset + channel]) &* alpha
          output[offset + channel] = UInt8(truncatingIfNeeded: dividedBy255(product))
        }
        output[offset + 3] = input[offset + 3]
      }
    }
  }

  /// RGBA with colours divided by alpha again; fully transparent pixels keep their colours.
  func unpremultiplied() -> Image {
    map { input, output in
      for offset in stride(from: 0, to: input.count, by: 4) {
        let alpha = Int32(input[offset + 3])
        for channel in 0..<3 {
          let value = Int32(input[offset + channel])
          let quotient = alpha == 0 ? value : min(255, 255 &* value / alpha)
          output[offset + channel] = UInt8(truncatingIfNeeded: quotient)
        }
        output[offset + 3] = input[offset + 3]
      }
    }
  }
}

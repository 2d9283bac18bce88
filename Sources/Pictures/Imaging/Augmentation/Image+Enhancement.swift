import CPixels

extension Image {
  /// Moves colours away from grey, or towards it; a grey image stays.
  package func colorEnhanced(factor: Double) -> Image {
    if channels == 1 { return self }
    let factor = Float(factor)
    return map { input, output in
      var offset = 0
      if channels == 3, VectorUnit.isUsed {
        offset =
          3 * cpx_blend_with_grey(input.baseAddress, width * height, factor, output.baseAddress)
      }
      withConstantChannels { channels in
        while offset < input.count {
          let grey = Float(luminance(input[offset], input[offset &+ 1], input[offset &+ 2]))
          for channel in 0..<3 {
            output[offset &+ channel] = Imaging.blended(
              grey, Float(input[offset &+ channel]), factor: factor)
          }
          if channels == 4 { output[offset &+ 3] = input[offset &+ 3] }
          offset &+= channels
        }
      }
    }
  }

  /// Moves samples away from those of the smoothed image, or towards them.
  func sharpnessEnhanced(factor: Double) -> Image {
    blended(from: smoothed(), factor: factor)
  }

  /// The sum of all luminances (0…255).
  func luminanceSum() -> Int {
    pixels.withUnsafeBufferPointer { input in
      var done: UInt64 = 0
      var offset = 0
      if channels == 3, VectorUnit.isUsed,
        cpx_sum_rgb_luminances(input.baseAddress, width * height, &done)
      {
        offset = width * height / 8 * 24
      }
      var sum = Int(done)
      withConstantChannels { channels in
        while offset < input.count {
          sum &+= Int(
            channels == 1
              ? UInt32(input[offset])
              : luminance(input[offset], input[offset &+ 1], input[offset &+ 2]))
          offset &+= channels
        }
      }
      return sum
    }
  }

  /// The samples on the lines from those of `degenerate` to those of this image, at `factor`; alpha
  /// stays if both have the same.
  private func blended(from degenerate: Image, factor: Double) -> Image {
    let factor = Float(factor)
    return map { input, output in
      degenerate.pixels.withUnsafeBufferPointer { degenerate in
        let done =
          VectorUnit.isUsed
          ? cpx_blend(
            degenerate.baseAddress, input.baseAddress, input.count, factor, output.baseAddress) : 0
        for index in done..<input.count {
          output[index] = Imaging.blended(
            Float(degenerate[index]), Float(input[index]), factor: factor)
        }
      }
    }
  }

  /// The weighted mean of 3×3 neighbours, the centre counting five times; the border and alpha stay.
  private func smoothed() -> Image {
    guard width > 2, height > 2 else { return self }
    let rowBytes = width * channels
    return map { input, output in
      _ = output.update(fromContentsOf: input)
      withUnsafeTemporaryAllocation(of: UInt16.self, capacity: rowBytes) { columnSums in
        for row in 1..<(height - 1) {
          let start = row &* rowBytes
          for index in 0..<rowBytes {
            let center = start &+ index
            columnSums[index] =
              UInt16(input[center &- rowBytes]) &+ UInt16(input[center])
              &+ UInt16(input[center &+ rowBytes])
          }
          for index in channels..<(rowBytes - channels) {
            let sum =
              columnSums[index &- channels] &+ columnSums[index] &+ columnSums[index &+ channels]
              &+ 4 &* UInt16(input[start &+ index])
            // Sums are at most 13 · 255, where this is division by 13 rounded to nearest.
            output[start &+ index] = UInt8(
              truncatingIfNeeded: (UInt32(sum &+ 6) &* 5042) &>> 16)
          }
        }
      }
      if channels == 4 {
        for offset in stride(from: 3, to: input.count, by: 4) { output[offset] = input[offset] }
      }
    }
  }
}

/// ITU-R 601 luminance in Pillow's fixed point.
@inline(__always)
private func luminance(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt32 {
  (UInt32(red) &* 19595 &+ UInt32(green) &* 38470 &+ UInt32(blue) &* 7471 &+ 0x8000) &>> 16
}

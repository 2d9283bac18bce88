extension Image {
  /// Replaces the amplitudes of the lowest frequencies of each channel by those of `style`, which has the same size; both
  /// are RGB.
  /// - Parameter share: the share of the shorter side, below ½.
  func withLowFrequencies(of style: Image, share: Double) -> Image {
    let shorter = min(width, height)
    let bound = min(Int(share * Double(shorter)), (shorter - 1) / 2)
    return map { input, output in
      for channel in 0..<3 {
        let change = lowFrequencies(channel, bound)
          .change(toAmplitudesOf: style.lowFrequencies(channel, bound))
        for (index, change) in change.enumerated() {
          let value = (Double(input[3 * index + channel]) + change).rounded()
          output[3 * index + channel] = UInt8(min(max(value, 0), 255))
        }
      }
    }
  }

  private func lowFrequencies(_ channel: Int, _ bound: Int) -> LowFrequencies {
    pixels.withUnsafeBufferPointer {
      LowFrequencies(
        of: $0, offset: channel, stride: 3, width: width, height: height, bound: bound)
    }
  }
}

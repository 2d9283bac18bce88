extension Image {
  /// The deviation in L*a*b* up to which a channel counts as flat.
  ///
  /// The sums of sRGB's matrix are not quite the white point, so that greys deviate by up to 0.002 in a* and b*, and sums of many
  /// equal numbers are rounded. Scaled to the deviation of a style, this would become colour. A step of grey by one
  /// sample in half of the pixels is more than ten times the limit.
  private static let flatDeviation = 0.01

  /// Makes `wanted` the mean and standard deviation of the L*a*b* coordinates over all pixels; the image is RGB.
  /// A channel that is flat takes the mean alone.
  func withColors(_ wanted: ColorMoments) -> Image {
    let colors = labColors()
    let own = ColorMoments(colors)
    var factor = SIMD3<Double>(repeating: 0)
    for channel in 0..<3 where own.deviation[channel] > Self.flatDeviation {
      factor[channel] = wanted.deviation[channel] / own.deviation[channel]
    }
    return Image(width: width, height: height, channels: 3) { output in
      for (index, color) in colors.enumerated() {
        let moved = (color - own.mean) * factor + wanted.mean
        let samples = LabColor(moved).samples
        output[3 * index] = samples.x
        output[3 * index + 1] = samples.y
        output[3 * index + 2] = samples.z
      }
    }
  }

  /// The L*a*b* coordinates of each pixel.
  func labColors() -> [SIMD3<Double>] {
    pixels.withUnsafeBufferPointer { input in
      (0..<width * height).map { index in
        LabColor(
          red: input[3 * index], green: input[3 * index + 1], blue: input[3 * index + 2]
        ).coordinates
      }
    }
  }
}

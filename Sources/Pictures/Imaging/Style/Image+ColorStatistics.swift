extension Image {
  /// Makes `wanted` the mean and standard deviation of the L*a*b* coordinates over all pixels; the image is RGB.
  func withColors(_ wanted: ColorMoments) -> Image {
    let colors = labColors()
    let own = ColorMoments(colors)
    var factor = SIMD3<Double>(repeating: 0)
    for channel in 0..<3 where own.deviation[channel] > 0 {
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

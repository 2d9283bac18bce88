extension Image {
  /// Mean and standard deviation of the L*a*b* coordinates over all pixels become those of `style`; both are RGB.
  func withColorStatistics(of style: Image) -> Image {
    let colors = labColors()
    let own = Self.moments(colors)
    let wanted = Self.moments(style.labColors())
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

  private func labColors() -> [SIMD3<Double>] {
    pixels.withUnsafeBufferPointer { input in
      (0..<width * height).map { index in
        LabColor(
          red: input[3 * index], green: input[3 * index + 1], blue: input[3 * index + 2]
        ).coordinates
      }
    }
  }

  private static func moments(
    _ colors: [SIMD3<Double>]
  ) -> (mean: SIMD3<Double>, deviation: SIMD3<Double>) {
    let count = Double(colors.count)
    let mean = colors.reduce(.zero, +) / count
    let variance = colors.reduce(.zero) { $0 + ($1 - mean) * ($1 - mean) } / count
    return (mean, variance.squareRoot())
  }
}

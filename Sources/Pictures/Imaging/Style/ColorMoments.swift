/// Mean and standard deviation of the L*a*b* coordinates of pixels.
struct ColorMoments: Sendable {
  let mean: SIMD3<Double>
  let deviation: SIMD3<Double>

  init(_ colors: [SIMD3<Double>]) {
    let count = Double(colors.count)
    let mean = colors.reduce(.zero, +) / count
    let variance = colors.reduce(.zero) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.mean = mean
    deviation = variance.squareRoot()
  }
}

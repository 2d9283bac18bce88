/// How a street is drawn, and what it looks like.
package struct StreetStyle: Sendable {
  /// The number of the style in the addresses of random numbers.
  let number: Int
  let cameraElevation: ClosedRange<Double>
  /// The focal length, in widths of the picture.
  let focalLength: Double
  /// The distance of the horizon from the top, in heights of the picture.
  let horizon: ClosedRange<Double>
  let skyTop: (Double, Double, Double)
  let skyBottom: (Double, Double, Double)
  let clouds: Double
  let road: (Double, Double, Double)
  let sidewalk: (Double, Double, Double)
  let roughness: Double
  let hasBricks: Bool
  let saturation: Double
  /// The light on surfaces that face the camera, the left, the right and the sky.
  let light: (front: Double, left: Double, right: Double, top: Double)
  /// The distance over which haze takes two thirds of a colour, in metres.
  let visibility: Double
  let tint: (Double, Double, Double)
  /// The standard deviation of the noise of each sample, as a share of the full range.
  let noise: Double
  let vignette: Double

  /// A bright day: the style for training.
  package static let source = StreetStyle(
    number: 0, cameraElevation: 1.4...1.7, focalLength: 0.8, horizon: 0.42...0.5,
    skyTop: (0.30, 0.55, 0.92), skyBottom: (0.72, 0.86, 0.98), clouds: 0.1,
    road: (0.46, 0.46, 0.48), sidewalk: (0.74, 0.70, 0.66), roughness: 0.12, hasBricks: false,
    saturation: 1.2, light: (0.85, 0.65, 1.05, 1.15), visibility: 350, tint: (1, 1, 1),
    noise: 0.008, vignette: 0)

  /// A hazy evening through another lens: the held-out style, which stands in for an unseen domain.
  package static let heldOut = StreetStyle(
    number: 1, cameraElevation: 1.8...2.3, focalLength: 1.05, horizon: 0.36...0.46,
    skyTop: (0.55, 0.50, 0.55), skyBottom: (0.93, 0.78, 0.62), clouds: 0.5,
    road: (0.30, 0.27, 0.26), sidewalk: (0.47, 0.43, 0.40), roughness: 0.5, hasBricks: true,
    saturation: 0.55, light: (0.7, 0.95, 0.5, 0.9), visibility: 70, tint: (1.05, 0.96, 0.84),
    noise: 0.035, vignette: 0.35)
}

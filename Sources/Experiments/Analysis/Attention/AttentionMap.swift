import Imaging

/// Where a network looks on a picture: the weight a_ij that A-pool gives to each place of a stage's map (Algorithm.md §3, paper
/// section 3.3).
public struct AttentionMap: Sendable, Equatable, Codable {
  /// The stage, `layer4`.
  public let stage: String
  /// The places in a row.
  public let width: Int
  /// The rows.
  public let height: Int
  /// The weights, row by row; they sum to 1.
  public let weights: [Float]

  /// A map.
  public init(stage: String, width: Int, height: Int, weights: [Float]) {
    self.stage = stage
    self.width = width
    self.height = height
    self.weights = weights
  }

  /// The map in colours, a pixel for each place: black for nothing, red for the weight that every place would have if all counted
  /// the same, yellow for twice as much or more. So maps of any size and network can be compared.
  public func colored() throws(ImageError) -> Image {
    let even = 1 / Float(max(weights.count, 1))
    return try Image(
      width: width, height: height, channels: 3,
      pixels: weights.flatMap { HeatColors.color(of: $0 / (2 * even)) })
  }

  /// The picture in grey under the colours of the map, which are interpolated between the places.
  /// - Parameter opacity: how much the colours cover the picture, from 0 to 255.
  /// - Throws: `ImageError.invalidArgument` for a picture that is not RGB.
  public func overlay(over picture: Image, opacity: UInt8 = 150) throws(ImageError) -> Image {
    let colors = try colored().resized(width: picture.width, height: picture.height)
    return try picture.colorEnhanced(factor: 0).overlaid(with: colors, opacity: opacity)
  }
}

/// The mean and standard deviation that RGB values in [0, 1] are normalised with, one a channel.
public struct PixelScaling: Sendable, Equatable {
  /// Subtracted.
  public let mean: [Float]
  /// Divided by, after.
  public let standardDeviation: [Float]

  /// A scaling of the three channels.
  public init(mean: [Float], standardDeviation: [Float]) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// That of ImageNet (Algorithm.md §5).
  public static let imageNet = PixelScaling(
    mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])
}

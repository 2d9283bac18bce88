/// The mean and standard deviation with which RGB values in [0, 1] are normalised, one of each per channel.
public struct PixelScaling: Sendable, Equatable {
  /// The mean, which is subtracted.
  public let mean: [Float]
  /// The standard deviation, by which the difference is divided.
  public let standardDeviation: [Float]

  /// A scaling of the three channels.
  public init(mean: [Float], standardDeviation: [Float]) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// The scaling of ImageNet (Algorithm.md §5).
  public static let imageNet = PixelScaling(
    mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])
}

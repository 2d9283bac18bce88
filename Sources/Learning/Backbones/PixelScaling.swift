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

  /// The scaling of CLIP (Radford et al. 2021).
  public static let clip = PixelScaling(
    mean: [0.48145466, 0.4578275, 0.40821073],
    standardDeviation: [0.26862954, 0.26130258, 0.27577711])
  /// The scaling of ImageNet (Algorithm.md §5).
  public static let imageNet = PixelScaling(
    mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])
}

/// The random changes of every training scene (Algorithm.md §5); by default with the paper's values.
public struct SceneAugmentation: Sendable, Equatable, Codable {
  /// Whether half of the scenes are mirrored, at random.
  public var mirrors: Bool
  /// The factors that image and labels are scaled by.
  public var scale: ClosedRange<Double>
  /// The strength of the key view's colour jitter, from 0 to 0.5.
  public var jitter: Double

  /// An augmentation.
  public init(
    mirrors: Bool = true, scale: ClosedRange<Double> = 0.75...1.25, jitter: Double = 0.4
  ) {
    self.mirrors = mirrors
    self.scale = scale
    self.jitter = jitter
  }
}

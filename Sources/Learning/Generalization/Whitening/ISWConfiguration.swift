import Backbones
import Settings

/// The settings of `ISW`.
public struct ISWConfiguration: Sendable, Equatable {
  /// λ, the weight of the mean over the stages.
  public var lambda = 0.6
  /// The stages whose maps are whitened.
  public var stages = [Stage.stem, .layer1, .layer2]
  /// The epochs before pairs of channels are chosen.
  public var startEpochs = 5.0
  /// The batches in which the variances of covariances are measured.
  public var trials = 10
  /// k, the clusters of variances; the pairs of all but the lowest are whitened.
  public var clusters = 3

  /// The paper's settings.
  public init() {}
}

extension ISWConfiguration: MethodConfiguration {
  /// `isw`.
  public static let name = "isw"
  /// A one-line description.
  public static let summary =
    "RobustNet's instance selective whitening: covariances that change with the colours vanish (Choi et al. 2021)."

  /// The paper's symbols.
  public static let settings: [Setting<ISWConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of the mean over the stages."),
    .stages("stages", \.stages, "The stages whose maps are whitened."),
    .number(
      "start_epochs", \.startEpochs, in: 0...10_000,
      "The epochs before the variances of covariances are measured; a fraction for part of one."),
    .integer("trials", \.trials, in: 1...1_000_000, "The batches in which they are measured."),
    .integer(
      "clusters", \.clusters, in: 2...100,
      "k, the clusters of the variances; the pairs of channels in all but the lowest are whitened."),
  ]

  /// The paper's settings, whatever is labelled.
  public static func standard(for labels: LabelScope) -> ISWConfiguration { .init() }

  /// The method for the student's channels.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try ISW(
      self, channels: start.student.backbone.channels, batchesPerEpoch: start.batchesPerEpoch,
      iterations: start.iterations, device: start.device)
  }
}

import Settings

/// The settings of `SynapticIntelligence`, by the names of its paper's symbols.
public struct SynapticIntelligenceConfiguration: Sendable, Equatable {
  /// c, the weight of the penalty.
  public var lambda: Double
  /// ξ, which keeps the importance of weights that hardly moved finite.
  public var damping: Double
  /// The iterations after which the importance is consolidated.
  public var interval: Int

  /// Settings of the same order of magnitude as those of Zenke et al.
  public init(lambda: Double = 0.1, damping: Double = 0.1, interval: Int = 1000) {
    self.lambda = lambda
    self.damping = damping
    self.interval = interval
  }
}

extension SynapticIntelligenceConfiguration: MethodConfiguration {
  /// `synaptic-intelligence`.
  public static let name = "synaptic-intelligence"
  /// A one-line description.
  public static let summary =
    "The distance to the ImageNet weights, each as far as moving it lowered the loss (Zenke et al. 2017)."

  /// The paper's c, ξ, and how often importance is consolidated.
  public static let settings: [Setting<SynapticIntelligenceConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "c, the weight of the penalty."),
    .number(
      "damping", \.damping, in: 1e-12...,
      "ξ, which keeps the importance of weights that hardly moved finite."),
    .integer(
      "interval", \.interval, in: 1...,
      "The iterations after which the importance is consolidated."),
  ]

  /// The same for all labels.
  public static func standard(
    for labels: LabelScope
  ) -> SynapticIntelligenceConfiguration { .init() }

  /// The penalty towards the student's first weights.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try SynapticIntelligence(self, student: start.student.backbone, device: start.device)
  }
}

import Settings

/// The settings of `IRM`.
public struct IRMConfiguration: Sendable, Equatable {
  /// λ, the weight of the penalty.
  public var lambda: Double
  /// The steps before λ applies; until then the weight is 1.
  public var anneal: Int

  /// By default the values of DomainBed (Gulrajani & Lopez-Paz 2021).
  public init(lambda: Double = 100, anneal: Int = 500) {
    self.lambda = lambda
    self.anneal = anneal
  }
}

extension IRMConfiguration: MethodConfiguration {
  /// `irm`.
  public static let name = "irm"
  /// A one-line description.
  public static let summary =
    "Invariant risk minimisation: one classifier is the best for each of several synthetic domains (Arjovsky et al. 2019)."

  /// λ and when it begins.
  public static let settings: [Setting<IRMConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of the penalty."),
    .integer(
      "anneal", \.anneal, in: 0..., "The steps before λ applies; until then the weight is 1."),
  ]

  /// The same for all labels.
  public static func standard(for labels: LabelScope) -> IRMConfiguration { .init() }

  /// The method for the domains of the training data.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try IRM(self, domainCount: start.domainCount)
  }
}

import Settings

/// The settings of `CORAL`.
public struct CORALConfiguration: Sendable, Equatable {
  /// λ, the weight of the distance.
  public var lambda: Double

  /// By default λ is 1, as in DomainBed (Gulrajani & Lopez-Paz 2021).
  public init(lambda: Double = 1) {
    self.lambda = lambda
  }
}

extension CORALConfiguration: MethodConfiguration {
  /// `coral`.
  public static let name = "coral"
  /// A one-line description.
  public static let summary =
    "Deep CORAL: the covariances of the features of several synthetic domains agree (Sun & Saenko 2016)."

  /// λ.
  public static let settings: [Setting<CORALConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of the distance.")
  ]

  /// The same for all labels.
  public static func standard(for labels: LabelScope) -> CORALConfiguration { .init() }

  /// The method for the domains of the training data.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try CORAL(self, domainCount: start.domainCount)
  }
}

import Settings

/// `Oracle`, which has no settings.
public struct OracleConfiguration: MethodConfiguration {
  /// `oracle`.
  public static let name = "oracle"
  /// A one-line description.
  public static let summary = "The frozen ImageNet backbone under a trained head."
  /// There are no settings.
  public static let settings: [Setting<OracleConfiguration>] = []

  /// The only configuration there is.
  public init() {}

  /// The only configuration there is.
  public static func standard(for labels: LabelScope) -> OracleConfiguration { .init() }

  /// The method.
  public func makeMethod(_ start: MethodStart) -> any Method { Oracle() }
}

import Settings

/// `Oracle`, which has no settings.
public struct OracleConfiguration: MethodConfiguration {
  /// `oracle`.
  public static let name = "oracle"
  /// What it is.
  public static let summary = "The frozen ImageNet backbone under a trained head."
  /// None.
  public static let settings: [Setting<OracleConfiguration>] = []

  /// The one there is.
  public init() {}

  /// The one there is.
  public static func standard(for labels: LabelScope) -> OracleConfiguration { .init() }

  /// The method.
  public func makeMethod(_ start: MethodStart) -> any Method { Oracle() }
}

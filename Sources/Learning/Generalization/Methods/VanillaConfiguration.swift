import Settings

/// `Vanilla`, which has no settings.
public struct VanillaConfiguration: MethodConfiguration {
  /// `vanilla`.
  public static let name = "vanilla"
  /// What it is.
  public static let summary = "Fine-tuning with the task loss alone."
  /// None.
  public static let settings: [Setting<VanillaConfiguration>] = []

  /// The one there is.
  public init() {}

  /// The one there is.
  public static func standard(for labels: LabelScope) -> VanillaConfiguration { .init() }

  /// The method.
  public func makeMethod(_ start: MethodStart) -> any Method { Vanilla() }
}

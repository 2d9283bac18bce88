import Settings

/// `Vanilla`, which has no settings.
public struct VanillaConfiguration: MethodConfiguration {
  /// `vanilla`.
  public static let name = "vanilla"
  /// A one-line description.
  public static let summary = "Fine-tuning with the task loss alone."
  /// There are no settings.
  public static let settings: [Setting<VanillaConfiguration>] = []

  /// The only configuration there is.
  public init() {}

  /// The only configuration there is.
  public static func standard(for labels: LabelScope) -> VanillaConfiguration { .init() }

  /// The method.
  public func makeMethod(_ start: MethodStart) -> any Method { Vanilla() }
}

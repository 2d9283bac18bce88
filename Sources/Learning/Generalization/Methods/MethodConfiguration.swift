import Settings

/// A method with its settings, as a recipe names it: everything that must be registered for one.
public protocol MethodConfiguration: Configurable {
  /// The name in recipes and tables, in lower case with hyphens.
  static var name: String { get }
  /// A description of the method in one line.
  static var summary: String { get }

  /// The settings that apply where a recipe sets nothing: those of the paper for data with such labels.
  static func standard(for labels: LabelScope) -> Self

  /// Makes the method at the start of a run.
  func makeMethod(_ start: MethodStart) throws -> any Method
}

extension MethodConfiguration {
  /// Whether `other` is a configuration of the same method with the same settings.
  public func isEqual(to other: any MethodConfiguration) -> Bool { (other as? Self) == self }
}

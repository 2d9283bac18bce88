import Settings

/// A method with its settings, as a recipe names it: all that is to be registered of one.
public protocol MethodConfiguration: Configurable {
  /// The name in recipes and tables, in lower case with hyphens.
  static var name: String { get }
  /// What it is, in a line.
  static var summary: String { get }

  /// The settings that stand where a recipe says nothing: the paper's for data with such labels.
  static func standard(for labels: LabelScope) -> Self

  /// The method at the start of a run.
  func makeMethod(_ start: MethodStart) throws -> any Method
}

extension MethodConfiguration {
  /// Whether `other` is a configuration of the same method with the same settings.
  public func isEqual(to other: any MethodConfiguration) -> Bool { (other as? Self) == self }
}

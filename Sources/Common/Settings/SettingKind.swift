import Messages

/// Which values a setting takes.
public enum SettingKind: Sendable {
  /// True or false.
  case boolean
  /// An integer within a range.
  case integer(in: any RangeExpression<Int> & Sendable)
  /// A finite number within a range.
  case number(in: any RangeExpression<Double> & Sendable)
  /// Text.
  case text
  /// One of several names.
  case choice([String])
  /// Values of one kind, in order.
  indirect case sequence(of: SettingKind)
}

extension SettingKind: CustomStringConvertible {
  /// What is expected, in the words of a sentence: `a number at least 0`.
  public var description: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range): "an integer\(describe(range))"
    case .number(let range): "a number\(describe(range))"
    case .text: "text"
    case .choice(let names): alternatives(names)
    case .sequence(let kind): "a sequence, each element \(kind)"
    }
  }
}

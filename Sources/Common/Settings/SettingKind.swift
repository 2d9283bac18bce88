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
  /// Texts by names of one's own.
  case mapping
  /// Values of one kind by names of one's own.
  indirect case table(of: SettingKind)
  /// A value of one of several kinds, which differ in form: one value, a sequence, or a mapping.
  indirect case either([SettingKind])
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
    case .mapping: "a mapping of texts"
    case .table(let kind): "a mapping, each value \(kind)"
    case .either(let kinds): kinds.map(\.description).joined(separator: ", or ")
    case .sequence(let kind): "a sequence, each element \(kind)"
    }
  }
}

extension SettingKind {
  /// The name of the type: `integer`; of a sequence, that of its elements in the plural.
  public var typeName: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .text: "text"
    case .choice: "choice"
    case .mapping, .table: "mapping"
    case .either(let kinds): kinds.map(\.typeName).joined(separator: " or ")
    case .sequence(let kind): kind.typeName + "s"
    }
  }

  /// Which values of the type it takes, in words: `at least 0`; empty where it takes all of them.
  public var rangeDescription: String {
    switch self {
    case .boolean, .text, .mapping: ""
    case .integer(let range): String(describe(range).drop { $0 == " " })
    case .number(let range): String(describe(range).drop { $0 == " " })
    case .choice(let names): names.map { "`\($0)`" }.joined(separator: ", ")
    case .sequence(let kind), .table(let kind):
      kind.rangeDescription.isEmpty ? "" : "each \(kind.rangeDescription)"
    case .either(let kinds):
      kinds.map(\.rangeDescription).reduce(into: [String]()) {
        if !$1.isEmpty, !$0.contains($1) { $0.append($1) }
      }.joined(separator: "; ")
    }
  }
}

/// What help, errors and completion know about one argument.
package struct ArgumentDescription: Sendable {
  package enum Kind: Sendable { case option, flag, positional }

  package var kind: Kind
  /// The names with their dashes, none for a positional argument.
  package var names: [String] = []
  package var abstract = ""
  package var valueName = ""
  package var isRequired = false
  package var isRepeating = false
  /// Whether the arguments after a value, up to the next option, are values too.
  package var takesFollowing = false
  package var defaultDescription = ""
  package var allowedValues: [String] = []
  package var completion = CompletionKind.default
}

extension ArgumentDescription {
  /// The description of an argument that holds a value.
  init<Value: ArgumentValue>(
    _ kind: Kind, property: String, names: [String] = [], holding defaultValue: Value?,
    help: ArgumentHelp?, completion: CompletionKind?
  ) {
    let longName = names.first { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) }
    let allowedValues = Value.ArgumentElement.allValueStrings
    self.init(
      kind: kind,
      names: names,
      abstract: help?.abstract ?? "",
      valueName: help?.valueName ?? longName ?? property.kebabCased,
      isRequired: defaultValue == nil,
      isRepeating: Value.isRepeating,
      defaultDescription: (defaultValue?.elements ?? []).map(\.defaultValueDescription)
        .joined(separator: ", "),
      allowedValues: allowedValues,
      completion: completion ?? (allowedValues.isEmpty ? .default : .list(allowedValues)))
  }

  /// The argument as an error names it: `--device <device>` or `<recipe>`.
  package var label: String {
    let name = names.first { $0.hasPrefix("--") } ?? names.first
    return [name, kind == .flag ? nil : "<\(valueName)>"].compactMap(\.self).joined(separator: " ")
  }

  /// The argument in a usage line: `[--set <key.path=value> ...]`.
  package var synopsis: String {
    let repeated = isRepeating ? "\(label) ..." : label
    return isRequired ? repeated : "[\(repeated)]"
  }

  /// The argument as shown to the left of its help: `-s, --seed <seed>`.
  package var helpLabel: String {
    let spelledNames = names.joined(separator: ", ")
    return switch kind {
    case .positional: "<\(valueName)>"
    case .flag: spelledNames
    case .option: "\(spelledNames) <\(valueName)>"
    }
  }

  /// The abstract with the allowed values and the default value.
  package var helpText: String {
    var notes = [String]()
    if !allowedValues.isEmpty { notes.append("values: \(allowedValues.joined(separator: ", "))") }
    if !defaultDescription.isEmpty { notes.append("default: \(defaultDescription)") }
    let note = notes.isEmpty ? "" : "(\(notes.joined(separator: "; ")))"
    return [abstract, note].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

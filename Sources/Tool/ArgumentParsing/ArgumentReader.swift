import Messages

/// Reads one command's arguments into their bindings.
struct ArgumentReader {
  private let bindings: [ArgumentBinding]
  private let builtInNames: [String]
  private var remaining: ArraySlice<String>
  private var positionals = [String]()

  /// - Parameter builtInNames: Names that are handled elsewhere, for suggestions when an option is misspelt.
  init(_ bindings: [ArgumentBinding], arguments: [String], builtInNames: [String]) {
    self.bindings = bindings
    self.builtInNames = builtInNames
    remaining = arguments[...]
  }

  /// Reads all arguments: first the options, at any place, then the rest by position.
  mutating func read() throws(ParseError) {
    while let argument = remaining.popFirst() {
      if argument == "--" {
        positionals += remaining
        remaining = []
      } else if isValue(argument) {
        positionals.append(argument)
      } else if argument.hasPrefix("--") {
        try readLong(argument)
      } else {
        try readShort(argument)
      }
    }
    try fillPositionals()
    for binding in bindings where !binding.isFilled() {
      throw .missingArgument(ArgumentMention(binding.description))
    }
  }

  /// `--name`, `--name value` or `--name=value`.
  private mutating func readLong(_ argument: String) throws(ParseError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let binding = try binding(named: name)
    let value = parts.count > 1 ? String(parts[1]) : nil
    if binding.description.kind == .flag {
      if let value { throw .unexpectedValue(value, option: name) }
      _ = binding.store("")
    } else if let value {
      try store(value, in: binding)
    } else {
      try store(try nextValue(for: binding), in: binding)
      try storeFollowing(in: binding)
    }
  }

  /// Stores the values up to the next option, of an option that takes these.
  private mutating func storeFollowing(in binding: ArgumentBinding) throws(ParseError) {
    guard binding.description.takesFollowing else { return }
    while let value = remaining.first, value != "--", isValue(value) {
      remaining.removeFirst()
      try store(value, in: binding)
    }
  }

  /// `-n`, `-n value`, `-nvalue`, `-n=value`, or several flags at once: `-vq`.
  private mutating func readShort(_ argument: String) throws(ParseError) {
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      let binding = try binding(named: "-\(letter)")
      if binding.description.kind == .flag {
        if letters.first == "=" {
          throw .unexpectedValue(String(letters.dropFirst()), option: "-\(letter)")
        }
        _ = binding.store("")
        continue
      }
      if letters.isEmpty {
        try store(try nextValue(for: binding), in: binding)
        try storeFollowing(in: binding)
      } else {
        try store(String(letters.first == "=" ? letters.dropFirst() : letters), in: binding)
      }
      return
    }
  }

  /// Gives each positional argument its value; an array takes all remaining values.
  private mutating func fillPositionals() throws(ParseError) {
    var values = positionals[...]
    for binding in bindings where binding.description.kind == .positional {
      repeat {
        guard let value = values.popFirst() else { break }
        try store(value, in: binding)
      } while binding.description.isRepeating
    }
    guard values.isEmpty else { throw .unexpectedArguments(Array(values)) }
  }

  private func store(_ value: String, in binding: ArgumentBinding) throws(ParseError) {
    // An empty path would lead to the root of the file system: "" + "/checkpoints".
    if value.isEmpty, binding.description.completion.isOfPaths {
      throw .emptyPath(ArgumentMention(binding.description))
    }
    guard binding.store(value) else {
      throw .invalidValue(value, ArgumentMention(binding.description))
    }
  }

  private mutating func nextValue(for binding: ArgumentBinding) throws(ParseError) -> String {
    guard let value = remaining.first, isValue(value) else {
      throw .missingValue(ArgumentMention(binding.description))
    }
    remaining.removeFirst()
    return value
  }

  private func binding(named name: String) throws(ParseError) -> ArgumentBinding {
    if let binding = bindings.first(where: { $0.description.names.contains(name) }) {
      return binding
    }
    let known = (bindings.flatMap(\.description.names) + builtInNames)
      .filter { $0.hasPrefix("--") }
      .map { String($0.dropFirst(2)) }
    let nearest = nearestName(to: String(name.drop { $0 == "-" }), among: known)
    throw .unknownOption(name, nearest: nearest.map { "--\($0)" })
  }

  /// Whether the text can only be a value: a negative number is a value unless it is also the name of an option.
  private func isValue(_ text: String) -> Bool {
    guard text.hasPrefix("-"), text != "-" else { return true }
    let isNumber = Double(text) != nil && text.dropFirst().first?.isLetter == false
    return isNumber && !bindings.contains { $0.description.names.contains(String(text.prefix(2))) }
  }
}

import Settings

extension SettingValue {
  /// The value as a YAML document that parses to an equal value.
  ///
  /// Keys keep their order, floats are written with as many digits as they need, and sequences of short scalars are
  /// written on one line.
  ///
  /// - Throws: ``YAMLError`` if the value could not be parsed again: if it is nested deeper than 64 levels, or has a
  ///   mapping with the same key twice.
  public func text() throws(YAMLError) -> String {
    let emitter = YAMLEventWriter()
    try emitter.startDocument()
    try emit(to: emitter, depth: 1)
    return try emitter.finishDocument()
  }

  private func emit(to emitter: YAMLEventWriter, depth: Int) throws(YAMLError) {
    guard depth <= YAMLTreeBuilder.maximumDepth else {
      let reason = "the value is nested deeper than \(YAMLTreeBuilder.maximumDepth) levels"
      throw YAMLError(.tooLarge(reason), at: YAMLEventWriter.location)
    }
    switch self {
    case .null: try emitter.scalar("null", isQuoted: false)
    case .boolean(let boolean): try emitter.scalar("\(boolean)", isQuoted: false)
    case .integer(let integer): try emitter.scalar("\(integer)", isQuoted: false)
    case .double(let number): try emitter.scalar(Self.text(of: number), isQuoted: false)
    case .string(let text): try emitter.scalar(text, isQuoted: Self.needsQuotes(text))
    case .sequence(let values):
      try emitter.startSequence(onOneLine: values.count <= 16 && values.allSatisfy(\.isShortScalar))
      for value in values { try value.emit(to: emitter, depth: depth + 1) }
      try emitter.endSequence()
    case .mapping(let members):
      try emitter.startMapping(isEmpty: members.isEmpty)
      var keys = Set<String>()
      for member in members {
        guard keys.insert(member.key).inserted else {
          let problem = YAMLError.Problem.duplicateKey(member.key, firstLine: nil)
          throw YAMLError(problem, at: YAMLEventWriter.location)
        }
        try emitter.scalar(member.key, isQuoted: Self.needsQuotes(member.key))
        try member.value.emit(to: emitter, depth: depth + 1)
      }
      try emitter.endMapping()
    }
  }

  private var isShortScalar: Bool {
    switch self {
    case .null, .boolean, .integer, .double: true
    case .string(let text): text.count <= 24
    case .sequence, .mapping: false
    }
  }

  /// The shortest digits that parse to the same number, with a point: YAML 1.1 takes `1e-05` for text.
  private static func text(of number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? ".nan" : number < 0 ? "-.inf" : ".inf" }
    let digits = "\(number)"
    guard !digits.contains("."), let exponent = digits.firstIndex(of: "e") else { return digits }
    return digits[..<exponent] + ".0" + digits[exponent...]
  }

  /// Whether the text without quotes would be read as another type, by YAML 1.2 or by YAML 1.1, which other readers follow.
  private static func needsQuotes(_ text: String) -> Bool {
    if CoreSchema.value(of: text) != .string(text) { return true }
    if ["y", "n", "yes", "no", "on", "off", "=", "<<"].contains(text.lowercased()) { return true }
    // In YAML 1.1, 1_000, 0b1, 1:30 and dates are numbers and times.
    return text.first { $0 != "-" && $0 != "+" }?.isNumber == true
      && text.allSatisfy { $0.isHexDigit || "_:.-+TZxob ".contains($0) }
  }
}

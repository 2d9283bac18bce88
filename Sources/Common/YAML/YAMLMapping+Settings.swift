import Settings

extension YAMLMapping: SettingsReader {
  /// The value of `kind` under `key`; nil if the key is absent or null.
  public mutating func value(
    _ key: String, as kind: SettingKind
  ) throws(YAMLError) -> SettingValue? {
    try readOptional(key) { node throws(YAMLError) in try node.value(as: kind) }
  }

  /// The value of `kind` under `key`; nil if the key is absent or null. Where a 0 is refused, the error says that null means
  /// what `absence` says in a few words.
  public mutating func value(
    _ key: String, as kind: SettingKind, absence: String?
  ) throws(YAMLError) -> SettingValue? {
    do {
      return try value(key, as: kind)
    } catch {
      guard let absence, case .mismatch(let expected, let found, let nearest) = error.problem,
        let given = optionalNode(key)?.value, [.integer(0), .double(0)].contains(given)
      else { throw error }
      throw YAMLError(
        .mismatch(
          expected: "\(expected), or null for '\(absence)'", found: found, nearest: nearest),
        at: error.location, path: error.path)
    }
  }

  /// The value of `kind` under `key`, which must be there.
  public mutating func requiredValue(
    _ key: String, as kind: SettingKind
  ) throws(YAMLError) -> SettingValue {
    try read(key, kind.description, default: nil) { node throws(YAMLError) in
      try node.value(as: kind)
    }
  }
}

extension YAMLNode {
  /// The node as a value of a kind.
  ///
  /// - Throws: ``YAMLError`` if it is not of this kind.
  public func value(as kind: SettingKind) throws(YAMLError) -> SettingValue {
    switch kind {
    case .boolean: .boolean(try bool())
    case .integer(let range): .integer(try int(in: range))
    case .number(let range): .double(try double(in: range))
    case .text: .string(try string())
    case .choice(let names): .string(try choice(among: names))
    case .mapping: try textsByName()
    case .table(let kind): try valuesByName(kind)
    case .either(let kinds): try valueOfForm(kinds)
    case .sequence(let kind):
      .sequence(try elements { element throws(YAMLError) in try element.value(as: kind) })
    }
  }

  private func valuesByName(_ kind: SettingKind) throws(YAMLError) -> SettingValue {
    guard case .mapping(let entries) = content else {
      throw mismatch("\(SettingKind.table(of: kind))")
    }
    var members: [SettingValue.Member] = []
    for entry in entries {
      members.append(.init(key: entry.key, value: try entry.value.value(as: kind)))
    }
    return .mapping(members)
  }

  /// The node as a value of the kind that has its form.
  private func valueOfForm(_ kinds: [SettingKind]) throws(YAMLError) -> SettingValue {
    let kind = kinds.first { kind in
      switch (kind, content) {
      case (.sequence, .sequence), (.table, .mapping), (.mapping, .mapping): true
      case (.sequence, _), (.table, _), (.mapping, _), (_, .sequence), (_, .mapping): false
      default: true
      }
    }
    guard let kind else { throw mismatch("\(SettingKind.either(kinds))") }
    return try value(as: kind)
  }

  private func textsByName() throws(YAMLError) -> SettingValue {
    guard case .mapping(let entries) = content else { throw mismatch("a mapping of texts") }
    var members: [SettingValue.Member] = []
    for entry in entries {
      members.append(
        .init(
          key: entry.key,
          value: entry.value.isNull ? .null : .string(try entry.value.string())))
    }
    return .mapping(members)
  }
}

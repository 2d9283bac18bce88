import Settings

extension YAMLMapping: SettingsReader {
  /// The value of `kind` under `key`; nil if the key is absent or null.
  public mutating func value(
    _ key: String, as kind: SettingKind
  ) throws(YAMLError) -> SettingValue? {
    try readOptional(key) { node throws(YAMLError) in try node.value(as: kind) }
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
    case .sequence(let kind):
      .sequence(try elements { element throws(YAMLError) in try element.value(as: kind) })
    }
  }
}

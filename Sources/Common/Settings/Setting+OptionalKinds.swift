/// Settings that may have no value; `absent` says in a few words what applies then.
extension Setting {
  /// An integer within a range, or none.
  public static func integer(
    _ key: String, _ property: WritableKeyPath<Root, Int?> & Sendable,
    in range: some RangeExpression<Int> & Sendable = Int.min..., absent: String, _ help: String
  ) -> Setting {
    Setting(key, .integer(in: range), help, at: property, absence: absent)
  }

  /// A finite number within a range, or none.
  public static func number(
    _ key: String, _ property: WritableKeyPath<Root, Double?> & Sendable,
    in range: some RangeExpression<Double> & Sendable = (-Double.infinity)..., absent: String,
    _ help: String
  ) -> Setting {
    Setting(key, .number(in: range), help, at: property, absence: absent)
  }

  /// Text, or none.
  public static func text(
    _ key: String, _ property: WritableKeyPath<Root, String?> & Sendable, absent: String,
    _ help: String
  ) -> Setting {
    Setting(key, .text, help, at: property, absence: absent)
  }

  /// A case of an enumeration by its raw value, or none.
  public static func choice<Choice: CaseIterable & RawRepresentable<String> & Sendable>(
    _ key: String, _ property: WritableKeyPath<Root, Choice?> & Sendable, absent: String,
    _ help: String
  ) -> Setting {
    let kind = SettingKind.choice(Choice.allCases.map(\.rawValue))
    return Setting(
      key, kind, help,
      get: { $0[keyPath: property].map { .string($0.rawValue) } ?? .null },
      set: { root, value in
        guard case .string(let name) = value, let choice = Choice(rawValue: name) else {
          throw SettingError(key, expected: kind, found: value)
        }
        root[keyPath: property] = choice
      }, absence: absent)
  }
}

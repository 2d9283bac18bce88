extension Setting {
  /// True or false.
  public static func boolean(
    _ key: String, _ property: WritableKeyPath<Root, Bool> & Sendable, _ help: String,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) -> Setting {
    Setting(key, .boolean, help, at: property, counts: counts)
  }

  /// An integer within a range.
  public static func integer(
    _ key: String, _ property: WritableKeyPath<Root, Int> & Sendable,
    in range: some RangeExpression<Int> & Sendable = Int.min..., _ help: String,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) -> Setting {
    Setting(key, .integer(in: range), help, at: property, counts: counts)
  }

  /// A finite number within a range.
  public static func number(
    _ key: String, _ property: WritableKeyPath<Root, Double> & Sendable,
    in range: some RangeExpression<Double> & Sendable = (-Double.infinity)..., _ help: String,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) -> Setting {
    Setting(key, .number(in: range), help, at: property, counts: counts)
  }

  /// Text.
  public static func text(
    _ key: String, _ property: WritableKeyPath<Root, String> & Sendable, _ help: String,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) -> Setting {
    Setting(key, .text, help, at: property, counts: counts)
  }

  /// Text that must be given.
  public static func required(
    _ key: String, _ property: WritableKeyPath<Root, String> & Sendable, _ help: String
  ) -> Setting {
    Setting(key, .text, help, at: property, isRequired: true)
  }

  /// Texts, in order.
  public static func texts(
    _ key: String, _ property: WritableKeyPath<Root, [String]> & Sendable, _ help: String
  ) -> Setting {
    Setting(key, .sequence(of: .text), help, at: property)
  }

  /// A case of an enumeration by its raw value.
  public static func choice<Choice: CaseIterable & RawRepresentable<String> & Sendable>(
    _ key: String, _ property: WritableKeyPath<Root, Choice> & Sendable, _ help: String,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) -> Setting {
    let kind = SettingKind.choice(Choice.allCases.map(\.rawValue))
    return Setting(
      key, kind, help, get: { .string($0[keyPath: property].rawValue) },
      set: { root, value in
        guard case .string(let name) = value, let choice = Choice(rawValue: name) else {
          throw SettingError(key, expected: kind, found: value)
        }
        root[keyPath: property] = choice
      }, counts: counts)
  }

  /// Integers, each within a range.
  public static func integers(
    _ key: String, _ property: WritableKeyPath<Root, [Int]> & Sendable,
    in range: some RangeExpression<Int> & Sendable = Int.min..., _ help: String,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) -> Setting {
    Setting(key, .sequence(of: .integer(in: range)), help, at: property, counts: counts)
  }

  /// Finite numbers, each within a range.
  public static func numbers(
    _ key: String, _ property: WritableKeyPath<Root, [Double]> & Sendable,
    in range: some RangeExpression<Double> & Sendable = (-Double.infinity)..., _ help: String,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) -> Setting {
    Setting(key, .sequence(of: .number(in: range)), help, at: property, counts: counts)
  }
}

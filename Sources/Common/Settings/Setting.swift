/// A setting of `Root`: its key, the values it takes, what it means, and where `Root` holds it.
///
/// One declaration serves reading, writing and documentation:
/// ```swift
/// static let settings: [Setting<Penalty>] = [
///   .number("lambda", \.lambda, in: 0..., "Weight of the penalty."),
///   .integer("interval", \.interval, in: 1..., "Iterations from one penalty to the next."),
/// ]
/// ```
public struct Setting<Root>: Sendable {
  /// The key in a recipe.
  public let key: String
  /// The values it takes.
  public let kind: SettingKind
  /// What it means, in a sentence.
  public let help: String
  /// What applies where there is no value, in a few words; nil for a setting that always has one.
  public let absence: String?
  /// Whether it must be given.
  public let isRequired: Bool

  let get: @Sendable (Root) -> SettingValue
  let set: @Sendable (inout Root, SettingValue) throws -> Void
  let counts: @Sendable (Root) -> Bool

  /// A setting of any type.
  /// - Parameters:
  ///   - get: the value that `Root` holds, of `kind`.
  ///   - set: changes it to another value of `kind`.
  ///   - absence: what applies where `get` gives null, in a few words.
  ///   - isRequired: whether it must be given.
  ///   - counts: whether the value has an effect; if it has none it is read, but not written.
  public init(
    _ key: String, _ kind: SettingKind, _ help: String,
    get: @escaping @Sendable (Root) -> SettingValue,
    set: @escaping @Sendable (inout Root, SettingValue) throws -> Void,
    absence: String? = nil, isRequired: Bool = false,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) {
    self.key = key
    self.kind = kind
    self.help = help
    self.absence = absence
    self.isRequired = isRequired
    self.get = get
    self.set = set
    self.counts = counts
  }

  /// A setting that `Root` holds in the form in which it is read.
  public init<Value: SettingConvertible>(
    _ key: String, _ kind: SettingKind, _ help: String,
    at property: WritableKeyPath<Root, Value> & Sendable,
    absence: String? = nil, isRequired: Bool = false,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) {
    self.init(
      key, kind, help, get: { $0[keyPath: property].settingValue },
      set: { root, value in
        guard let value = Value(settingValue: value) else {
          throw SettingError(key, expected: kind, found: value)
        }
        root[keyPath: property] = value
      }, absence: absence, isRequired: isRequired, counts: counts)
  }

  /// Its value in `root`; null where there is none.
  public func value(in root: Root) -> SettingValue { get(root) }

  /// Gives `root` another value.
  /// - Throws: ``SettingError`` for a value of another kind.
  public func apply(_ value: SettingValue, to root: inout Root) throws { try set(&root, value) }

  /// Whether `root` has a value for it that has an effect.
  public func isWritten(for root: Root) -> Bool { counts(root) && get(root) != .null }
}

/// The error that a reader gave a value of another kind than the requested one.
public struct SettingError: Error, Equatable, CustomStringConvertible {
  /// The setting's key.
  public let key: String
  /// The requested kind.
  public let expected: String
  /// The value that the reader gave.
  public let found: String

  /// `found` is not of the kind of the setting `key`.
  public init(_ key: String, expected kind: SettingKind, found: SettingValue) {
    self.key = key
    expected = kind.description
    self.found = found.description
  }

  /// The key, what was expected and what was found.
  public var description: String { "'\(key)': expected \(expected), found \(found)" }
}

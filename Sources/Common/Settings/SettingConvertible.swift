/// A type that the value of a setting can have.
public protocol SettingConvertible: Sendable {
  /// The value in the form that is read and written.
  var settingValue: SettingValue { get }
  /// The value of that form; nil where it is of another type.
  init?(settingValue: SettingValue)
}

extension Bool: SettingConvertible {
  /// A boolean.
  public var settingValue: SettingValue { .boolean(self) }
  /// The boolean.
  public init?(settingValue: SettingValue) {
    guard case .boolean(let boolean) = settingValue else { return nil }
    self = boolean
  }
}

extension Int: SettingConvertible {
  /// An integer.
  public var settingValue: SettingValue { .integer(self) }
  /// The integer.
  public init?(settingValue: SettingValue) {
    guard case .integer(let integer) = settingValue else { return nil }
    self = integer
  }
}

extension Double: SettingConvertible {
  /// A float.
  public var settingValue: SettingValue { .double(self) }
  /// The float.
  public init?(settingValue: SettingValue) {
    guard case .double(let number) = settingValue else { return nil }
    self = number
  }
}

extension String: SettingConvertible {
  /// Text.
  public var settingValue: SettingValue { .string(self) }
  /// The text.
  public init?(settingValue: SettingValue) {
    guard case .string(let text) = settingValue else { return nil }
    self = text
  }
}

extension Array: SettingConvertible where Element: SettingConvertible {
  /// A sequence.
  public var settingValue: SettingValue { .sequence(map(\.settingValue)) }
  /// The sequence, where every element is of the type.
  public init?(settingValue: SettingValue) {
    guard case .sequence(let values) = settingValue else { return nil }
    let elements = values.compactMap(Element.init(settingValue:))
    guard elements.count == values.count else { return nil }
    self = elements
  }
}

extension Optional: SettingConvertible where Wrapped: SettingConvertible {
  /// The value; null if there is none.
  public var settingValue: SettingValue { self?.settingValue ?? .null }
  /// The value, or none.
  public init?(settingValue: SettingValue) {
    if settingValue == .null {
      self = .none
    } else if let value = Wrapped(settingValue: settingValue) {
      self = .some(value)
    } else {
      return nil
    }
  }
}

/// A type with values that can be typed on the command line.
public protocol ExpressibleByArgument: ArgumentValue where ArgumentElement == Self {
  /// Reads a value; `nil` where the text is not a value.
  init?(argument: String)

  /// The value as shown in help.
  var defaultValueDescription: String { get }

  /// All texts that are values, for help, errors and completion; empty where they cannot be listed.
  static var allValueStrings: [String] { get }
}

extension ExpressibleByArgument {
  /// The value's description.
  public var defaultValueDescription: String { String(describing: self) }

  /// Empty: the values cannot be listed.
  public static var allValueStrings: [String] { [] }
}

extension ExpressibleByArgument where Self: LosslessStringConvertible {
  /// Reads the description of a value.
  public init?(argument: String) { self.init(argument) }
}

extension ExpressibleByArgument where Self: RawRepresentable, RawValue: ExpressibleByArgument {
  /// Reads the raw value.
  public init?(argument: String) {
    guard let rawValue = RawValue(argument: argument) else { return nil }
    self.init(rawValue: rawValue)
  }

  /// The raw value.
  public var defaultValueDescription: String { rawValue.defaultValueDescription }
}

extension ExpressibleByArgument
where Self: CaseIterable & RawRepresentable, RawValue: ExpressibleByArgument {
  /// The raw value of each case.
  public static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}

extension String: ExpressibleByArgument {}
extension Int: ExpressibleByArgument {}
extension UInt64: ExpressibleByArgument {}
extension Double: ExpressibleByArgument {}
extension Bool: ExpressibleByArgument {
  /// `true` and `false`.
  public static var allValueStrings: [String] { ["true", "false"] }
}

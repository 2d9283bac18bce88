/// What an ``Option`` or ``Argument`` may hold: one value, an optional one, or an array.
///
/// Conform your own types to ``ExpressibleByArgument``, never to this protocol.
public protocol ArgumentValue {
  /// The type of one value as typed.
  associatedtype ArgumentElement: ExpressibleByArgument

  /// Whether all values are kept; otherwise only the last one counts.
  static var isRepeating: Bool { get }

  /// The value if nothing was typed and no default was declared; `nil` if that is an error.
  static var valueIfAbsent: Self? { get }

  /// This value with one more element, or only that element if there is no value yet.
  static func adding(_ element: ArgumentElement, to value: Self?) -> Self

  /// The values held, one by one.
  var elements: [ArgumentElement] { get }
}

extension ExpressibleByArgument {
  /// `false`: one value.
  public static var isRepeating: Bool { false }

  /// `nil`: a value is required.
  public static var valueIfAbsent: Self? { nil }

  /// The new element.
  public static func adding(_ element: Self, to value: Self?) -> Self { element }

  /// The value itself.
  public var elements: [Self] { [self] }
}

extension Optional: ArgumentValue where Wrapped: ExpressibleByArgument {
  /// The wrapped type.
  public typealias ArgumentElement = Wrapped

  /// `false`: one value at most.
  public static var isRepeating: Bool { false }

  /// No value.
  public static var valueIfAbsent: Self? { .some(nil) }

  /// The new element.
  public static func adding(_ element: Wrapped, to value: Self?) -> Self { element }

  /// The wrapped value, if any.
  public var elements: [Wrapped] { map { [$0] } ?? [] }
}

extension Array: ArgumentValue where Element: ExpressibleByArgument {
  /// The array's element type.
  public typealias ArgumentElement = Element

  /// `true`: all values are kept.
  public static var isRepeating: Bool { true }

  /// `nil`: at least one value is required.
  public static var valueIfAbsent: Self? { nil }

  /// The array with the element at its end.
  public static func adding(_ element: Element, to value: Self?) -> Self {
    (value ?? []) + [element]
  }

  /// The array itself.
  public var elements: [Element] { self }
}

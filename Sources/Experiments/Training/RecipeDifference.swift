/// A value in which two recipes differ.
public struct RecipeDifference: Sendable, Equatable, CustomStringConvertible {
  /// The key's path, such as `optimizer.lr`.
  public let key: String
  /// Its value; nil where the recipe has none.
  public let value: String?
  /// Its value in the earlier recipe; nil where that has none.
  public let earlier: String?
  /// Whether it only says how long the run is.
  public let isLength: Bool

  /// A difference.
  public init(key: String, value: String?, earlier: String?, isLength: Bool = false) {
    self.key = key
    self.value = value
    self.earlier = earlier
    self.isLength = isLength
  }

  /// `optimizer.lr is 0.02 and was 0.01`.
  public var description: String {
    "\(key) is \(value ?? "not given") and was \(earlier ?? "not given")"
  }
}

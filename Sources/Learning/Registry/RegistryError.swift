import Messages

/// A name that nothing is registered under.
public struct RegistryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was looked for: `method`.
  public let kind: String
  /// The name.
  public let name: String
  /// The names there are.
  public let known: [String]
  /// Where the name stands, such as a checkpoint's path; nil where it was given alone.
  public var place: String?

  /// Where, what was looked for, and what there is.
  public var description: String {
    let hint = nearestName(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
    let start = place.map { "\($0): " } ?? ""
    return start
      + "there is no \(kind) '\(name)'; expected one of \(known.joined(separator: ", "))\(hint)"
  }
}

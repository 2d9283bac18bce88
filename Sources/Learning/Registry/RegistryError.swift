import Messages

/// The error that nothing is registered under a name.
public struct RegistryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was looked for: `method`.
  public let kind: String
  /// The name.
  public let name: String
  /// The registered names.
  public let known: [String]
  /// Where the name was found, such as a checkpoint's path; nil if only the name was given.
  public var place: String?

  /// Where the name was found, what was looked for, and what is known.
  public var description: String {
    let hint = nearestName(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
    let start = place.map { "\($0): " } ?? ""
    return start
      + "there is no \(kind) '\(name)'; expected one of \(known.joined(separator: ", "))\(hint)"
  }
}

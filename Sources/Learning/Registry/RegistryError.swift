import Messages

/// A name that nothing is registered under.
public struct RegistryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was looked for: `method`.
  public let kind: String
  /// The name.
  public let name: String
  /// The names there are.
  public let known: [String]

  /// What was looked for, and what there is.
  public var description: String {
    let hint = nearestName(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
    return "there is no \(kind) '\(name)'; expected one of \(known.joined(separator: ", "))\(hint)"
  }
}

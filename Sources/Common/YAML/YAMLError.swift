/// What is wrong with a YAML document, and where.
public struct YAMLError: Error, Hashable, Sendable {
  /// The kinds of error.
  public enum Problem: Hashable, Sendable {
    /// The file cannot be read, for the reason given.
    case unreadable(String)
    /// The text is not YAML; the reason is libyaml's.
    case syntax(String)
    /// The document has a feature that is refused, such as a second document or a tag.
    case unsupported(String)
    /// The document exceeds a limit on its size.
    case tooLarge(String)
    /// A mapping has the key twice; the given line is that of the first one.
    case duplicateKey(String, firstLine: Int?)
    /// A key that has no meaning, and the known key nearest to it.
    case unknownKey(String, nearest: String?)
    /// A key that what is described does not have, such as a method.
    case foreignKey(String, owner: String)
    /// A required key is missing.
    case missingKey(String, expected: String)
    /// A node is not what was expected; for a text, with the nearest text that is accepted.
    case mismatch(expected: String, found: String, nearest: String?)
    /// An override's key path cannot be followed, for the reason given.
    case override(String)
  }

  /// What is wrong.
  public let problem: Problem
  /// Where it is wrong.
  public let location: YAMLLocation
  /// The node that is wrong; for a key, the mapping that holds it or lacks it.
  public let path: YAMLPath

  init(_ problem: Problem, at location: YAMLLocation, path: YAMLPath = .root) {
    self.problem = problem
    self.location = location
    self.path = path
  }
}

extension YAMLError: CustomStringConvertible {
  /// One sentence: where the error is, what it is, what was expected and found, and what was probably meant.
  public var description: String { "\(location): \(sentence)" }

  private var sentence: String {
    switch problem {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .syntax(let reason):
      "not valid YAML\(location.column.map { " at column \($0)" } ?? ""): \(reason)"
    case .unsupported(let reason), .tooLarge(let reason), .override(let reason): reason
    case .duplicateKey(let key, let firstLine):
      "duplicate key '\(fullPath(key))'"
        + (firstLine.map { "; it is first set on line \($0)" } ?? "")
    case .unknownKey(let key, let nearest): "unknown key '\(fullPath(key))'" + hint(nearest)
    case .foreignKey(let key, let owner):
      "'\(fullPath(key))' is set, but \(owner) has no '\(key)'; leave it out"
    case .missingKey(let key, let expected):
      "missing key '\(fullPath(key))': expected \(expected)"
    case .mismatch(let expected, let found, let nearest):
      "\(path == .root ? "" : "'\(path)': ")expected \(expected), found \(found)" + hint(nearest)
    }
  }

  private func fullPath(_ key: String) -> String { YAMLPath.key(key, in: path).description }

  private func hint(_ nearest: String?) -> String {
    nearest.map { "; did you mean '\($0)'?" } ?? ""
  }
}

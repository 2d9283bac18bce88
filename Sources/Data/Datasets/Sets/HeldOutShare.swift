/// What the share of a data set that is held out is called: it has no path of its own.
package enum HeldOutShare {
  private static let suffix = " (held out)"

  /// The name of the share of the set at `path`.
  static func name(of path: String) -> String { path + suffix }

  /// The path of the set that a name is of a share of; a path as it is.
  package static func path(of name: String) -> String {
    name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
  }
}

/// Parts of paths from lists, which may hold any text: Foundation's own functions end the process for some texts with
/// several slashes, such as `.///t//`.
package enum PathText {
  /// The text before the last component; empty if there is none.
  package static func folder(of path: String) -> String {
    let end = path.utf8.lastIndex { $0 != slash } ?? path.startIndex
    guard let last = path.utf8[..<end].lastIndex(of: slash) else {
      return path.utf8.first == slash ? "/" : ""
    }
    let folder = path.utf8[..<last].lastIndex { $0 != slash }
    return folder.map { String(path[...$0]) } ?? "/"
  }

  /// The path without the extension of its last component; a dot at the beginning of the component begins no extension.
  package static func withoutExtension(_ path: String) -> String {
    dot(in: path).map { String(path[..<$0]) } ?? path
  }

  /// The text after the last dot of the last component; empty if there is none.
  package static func pathExtension(of path: String) -> String {
    dot(in: path).map { String(path[path.utf8.index(after: $0)...]) } ?? ""
  }

  /// The longest path of a folder that both folders begin with; empty if there is none.
  package static func sharedFolder(_ one: String, _ other: String) -> String {
    let parts = zip(
      one.split(separator: "/", omittingEmptySubsequences: false),
      other.split(separator: "/", omittingEmptySubsequences: false))
    return parts.prefix { $0 == $1 }.map { String($0.0) }.joined(separator: "/")
  }

  private static let slash = UInt8(ascii: "/")

  /// The dot before the extension.
  private static func dot(in path: String) -> String.Index? {
    let bytes = path.utf8
    let name = bytes.lastIndex(of: slash).map { bytes.index(after: $0) } ?? bytes.startIndex
    guard let dot = bytes[name...].lastIndex(of: UInt8(ascii: ".")), dot > name else { return nil }
    return dot
  }
}

/// The keys and indices that lead from a document's root to a node.
///
/// Each step shares the steps before it, so that the paths of a large document stay small.
public indirect enum YAMLPath: Hashable, Sendable, CustomStringConvertible {
  /// The document's root.
  case root
  /// The value of a mapping's key.
  case key(String, in: YAMLPath)
  /// The element of a sequence, from 0.
  case index(Int, in: YAMLPath)

  /// The path as text, `data.real[0].path`; empty for the root.
  public var description: String {
    switch self {
    case .root: ""
    case .key(let key, in: .root): key.shortened
    case .key(let key, let parent): "\(parent).\(key.shortened)"
    case .index(let index, let parent): "\(parent)[\(index)]"
    }
  }
}

extension String {
  /// The beginning of the text, as much as fits an error message, on one line.
  var shortened: String {
    let line = String(
      map { $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? " " : $0 })
    return line.count > 60 ? line.prefix(57) + "..." : line
  }
}

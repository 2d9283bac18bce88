/// What a shell offers for an argument's value.
public struct CompletionKind: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    case nothing, files, directories
    case words([String])
    case separatedWords([String])
  }

  package let source: Source

  /// Whether the values are paths.
  var isOfPaths: Bool { source == .files || source == .directories }

  /// Offers nothing.
  public static let `default` = CompletionKind(source: .nothing)
  /// Offers directories.
  public static let directory = CompletionKind(source: .directories)

  /// Offers files and, to reach them, directories.
  public static func file() -> CompletionKind { CompletionKind(source: .files) }

  /// Offers words; one that ends in `=` is the beginning of a value, and no space follows it.
  public static func list(_ words: [String]) -> CompletionKind {
    CompletionKind(source: .words(words))
  }

  /// Offers words for each part of a value whose parts are separated by commas.
  public static func separatedList(_ words: [String]) -> CompletionKind {
    CompletionKind(source: .separatedWords(words))
  }
}

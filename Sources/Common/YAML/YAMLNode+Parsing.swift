import FileInput

extension YAMLNode {
  /// Parses a text that holds one document.
  ///
  /// - Parameters:
  ///   - text: The YAML text; an empty one is a null.
  ///   - source: The file's name for error messages.
  /// - Throws: ``YAMLError`` for text that is not YAML, more than one document, a duplicate key, a key that is not a
  ///   scalar, a tag other than `!!str`, and a document beyond the limits: 4 MiB, 64 levels, 100 000 nodes with all
  ///   aliases expanded.
  public init(parsing text: String, source: String) throws(YAMLError) {
    try self.init(parsing: text.utf8, source: source, hasLines: true, path: .root)
  }

  /// Parses a file that holds one document.
  ///
  /// - Throws: ``YAMLError`` for a file that cannot be read, and for the same reasons as ``init(parsing:source:)``.
  public init(contentsOfFile file: String) throws(YAMLError) {
    let location = YAMLLocation(source: file)
    let bytes: [UInt8]
    do throws(RegularFile.Refusal) {
      bytes = try RegularFile.bytes(of: file, limit: YAMLTreeBuilder.maximumBytes)
    } catch {
      if case .tooLarge = error { throw Self.tooLarge(file) }
      throw YAMLError(.unreadable("\(error)"), at: location)
    }
    try self.init(parsing: bytes, source: file, hasLines: true, path: .root)
  }

  init(
    parsing bytes: some Collection<UInt8>, source: String, hasLines: Bool, path: YAMLPath
  ) throws(YAMLError) {
    guard bytes.count <= YAMLTreeBuilder.maximumBytes else { throw Self.tooLarge(source) }
    let reader = YAMLEventReader(bytes, source: source, hasLines: hasLines)
    var builder = YAMLTreeBuilder(reader)
    self = try builder.document(at: path)
  }

  private static func tooLarge(_ source: String) -> YAMLError {
    let limit = YAMLTreeBuilder.maximumBytes / 1_048_576
    return YAMLError(
      .tooLarge("the document is larger than \(limit) MiB"), at: YAMLLocation(source: source))
  }
}

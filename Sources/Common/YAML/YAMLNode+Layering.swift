import Foundation

extension YAMLNode {
  /// Parses a file that may be laid over another one, which it names under a key of its root.
  ///
  /// The other file's path is relative to the folder of the file that names it, and it may itself be laid over a third.
  ///
  /// - Parameters:
  ///   - key: The key of the root that names the file below; the result does not have this key.
  ///   - nameKey: See ``overlaid(with:replacingByName:)``.
  ///   - locate: Where a file may lie that does not exist at its path: gets the path as it is written, and gives the path of
  ///     another file, or nil.
  /// - Throws: ``YAMLError`` as ``init(contentsOfFile:)`` for any of the files, if a file lies below itself, or if more
  ///   than 64 files lie over each other.
  public init(
    contentsOfFile file: String, layeredOver key: String, replacingByName nameKey: String,
    locate: (String) -> String? = { _ in nil }
  ) throws(YAMLError) {
    self = try Self.layered(file, key, nameKey, above: [], locate)
  }

  /// The largest number of files that may lie over each other.
  private static let maximumLayers = 64

  private static func layered(
    _ file: String, _ key: String, _ nameKey: String, above: [String],
    _ locate: (String) -> String?
  ) throws(YAMLError) -> YAMLNode {
    let node = try YAMLNode(contentsOfFile: file)
    guard case .mapping(let entries) = node.content,
      let base = entries.first(where: { $0.key == key })?.value
    else { return node }
    let url = URL(fileURLWithPath: file)
    let files = above + [url.resolvingSymlinksInPath().path]
    guard files.count <= maximumLayers else {
      throw YAMLError(
        .tooLarge(
          "'\(key)' leads through more than \(maximumLayers) files, from \(above.first ?? file) on; "
            + "lay fewer files over each other"),
        at: base.location, path: base.path)
    }
    let path = try base.string()
    var below =
      path.hasPrefix("/")
      ? path : (file as NSString).deletingLastPathComponent.appendingPath(path)
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: below, isDirectory: &isFolder)
    if !exists || isFolder.boolValue { below = locate(path) ?? below }
    guard !files.contains(URL(fileURLWithPath: below).resolvingSymlinksInPath().path) else {
      throw YAMLError(
        .unsupported("'\(key)' leads back to \(below), which is laid over this file"),
        at: base.location, path: base.path)
    }
    let top = YAMLNode(
      content: .mapping(entries.filter { $0.key != key }), location: node.location, path: node.path)
    return try layered(below, key, nameKey, above: files, locate)
      .overlaid(with: top, replacingByName: nameKey)
  }

  /// The node with another node of the same place laid over it: mappings are merged key by key, anything else is replaced.
  ///
  /// - Parameter nameKey: A key that says what a mapping describes. A mapping whose value for this key differs from that of
  ///   the mapping below replaces the lower one as a whole, because the settings of one thing mean nothing for another.
  public func overlaid(with top: YAMLNode, replacingByName nameKey: String) -> YAMLNode {
    guard case .mapping(var entries) = content, case .mapping(let newEntries) = top.content else {
      return top
    }
    func name(_ entries: [Entry]) -> YAMLValue? {
      entries.first { $0.key == nameKey }?.value.value
    }
    if let newName = name(newEntries), newName != name(entries) { return top }
    for entry in newEntries {
      if let position = entries.firstIndex(where: { $0.key == entry.key }) {
        let value = entries[position].value
          .overlaid(with: entry.value, replacingByName: nameKey)
        entries[position] = Entry(key: entry.key, location: entry.location, value: value)
      } else {
        entries.append(entry)
      }
    }
    return YAMLNode(content: .mapping(entries), location: top.location, path: top.path)
  }
}

extension String {
  /// A path relative to this folder; an empty text stands for the working folder.
  fileprivate func appendingPath(_ path: String) -> String {
    isEmpty ? path : self + "/" + path
  }
}

import Foundation

/// Keys of a mapping that belong to another of its keys, and are not taken over from the file below where that one is
/// given another value: those of one thing mean nothing for another.
public struct YAMLDependentKeys: Sendable {
  /// The key of the mapping in the root.
  public let section: String
  /// The key in the mapping.
  public let key: String
  /// The keys that belong to it.
  public let dependents: Set<String>

  /// `dependents` belong to `key` of the mapping `section`.
  public init(in section: String, of key: String, _ dependents: Set<String>) {
    self.section = section
    self.key = key
    self.dependents = dependents
  }
}

extension YAMLNode {
  /// Parses a file that may be laid over another one, which it names under a key of its root.
  ///
  /// The other file's path is relative to the folder of the file that names it, and it may itself be laid over a third.
  ///
  /// - Parameters:
  ///   - key: The key of the root that names the file below; the result does not have this key.
  ///   - nameKey: See ``overlaid(with:replacingByName:)``.
  ///   - rule: Keys that are not taken over from the file below where the one they belong to has another value.
  ///   - rivals: Keys that are not taken over from the file below where another of their group is given.
  ///   - locate: Where a file may lie that does not exist at its path: gets the path as it is written, and gives the path of
  ///     another file, or nil.
  /// - Throws: ``YAMLError`` as ``init(contentsOfFile:)`` for any of the files, if a file lies below itself, or if more
  ///   than 64 files lie over each other.
  public init(
    contentsOfFile file: String, layeredOver key: String, replacingByName nameKey: String,
    dropping rule: YAMLDependentKeys? = nil, rivals: [YAMLRivals] = [],
    locate: (String) -> String? = { _ in nil }
  ) throws(YAMLError) {
    self = try Self.layered(file, key, nameKey, rule, rivals, above: [], locate)
  }

  /// The largest number of files that may lie over each other.
  private static let maximumLayers = 64

  private static func layered(
    _ file: String, _ key: String, _ nameKey: String, _ rule: YAMLDependentKeys?,
    _ rivals: [YAMLRivals], above: [String], _ locate: (String) -> String?
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
    let lower = try layered(below, key, nameKey, rule, rivals, above: files, locate)
    return (rule.map { lower.dropping($0, under: top) } ?? lower)
      .dropping(rivals, under: top)
      .overlaid(with: top, replacingByName: nameKey)
  }

  /// The root without the keys that belong to one for which `top` has another value.
  private func dropping(_ rule: YAMLDependentKeys, under top: YAMLNode) -> YAMLNode {
    guard case .mapping(var entries) = content,
      let place = entries.firstIndex(where: { $0.key == rule.section }),
      let new = top.member(rule.section)?.member(rule.key)?.value,
      new != entries[place].value.member(rule.key)?.value,
      case .mapping(let members) = entries[place].value.content
    else { return self }
    let (entry, section) = (entries[place], entries[place].value)
    entries[place] = Entry(
      key: entry.key, location: entry.location,
      value: YAMLNode(
        content: .mapping(members.filter { !rule.dependents.contains($0.key) }),
        location: section.location, path: section.path))
    return YAMLNode(content: .mapping(entries), location: location, path: path)
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

/// Keys of a mapping of which one alone applies: where one is given anew, it takes the place of the others.
public struct YAMLRivals: Sendable {
  /// The keys that lead from the root to the mapping.
  public let section: [String]
  /// The keys in it.
  public let keys: Set<String>

  /// `keys` of the mapping at `section`, such as `train` or `data.styles`, are rivals.
  public init(in section: String, _ keys: Set<String>) {
    self.section = section.split(separator: ".").map(String.init)
    self.keys = keys
  }
}

extension YAMLNode {
  /// Sets a node by an assignment as ``set(_:)`` does; it takes the place of its rivals.
  public mutating func set(_ assignment: String, over rivals: [YAMLRivals]) throws(YAMLError) {
    try set(assignment)
    let path = assignment.prefix { $0 != "=" }.split(separator: ".").map(String.init)
    guard let key = path.last else { return }
    let section = Array(path.dropLast())
    for group in rivals where group.section == section && group.keys.contains(key) {
      guard let value = node(at: path), !value.isNull else { continue }
      self = removing(group.keys.subtracting([key]), in: section[...])
    }
  }

  /// The node without the rivals of what `top` gives.
  func dropping(_ rivals: [YAMLRivals], under top: YAMLNode) -> YAMLNode {
    rivals.reduce(self) { node, group in
      guard case .mapping(let entries)? = top.node(at: group.section)?.content else { return node }
      let given = Set(entries.filter { !$0.value.isNull }.map(\.key)).intersection(group.keys)
      return given.isEmpty
        ? node : node.removing(group.keys.subtracting(given), in: group.section[...])
    }
  }

  private func node(at path: [String]) -> YAMLNode? {
    path.reduce(Optional(self)) { node, key in
      guard case .mapping(let entries)? = node?.content else { return nil }
      return entries.first { $0.key == key }?.value
    }
  }

  /// The node without keys of the mapping at `section`.
  private func removing(_ keys: Set<String>, in section: ArraySlice<String>) -> YAMLNode {
    guard case .mapping(let entries) = content else { return self }
    let kept: [Entry]
    if let first = section.first {
      kept = entries.map { entry in
        guard entry.key == first else { return entry }
        return Entry(
          key: entry.key, location: entry.location,
          value: entry.value.removing(keys, in: section.dropFirst()))
      }
    } else {
      kept = entries.filter { !keys.contains($0.key) }
    }
    return YAMLNode(content: .mapping(kept), location: location, path: path)
  }
}

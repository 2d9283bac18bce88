extension YAMLNode {
  /// A mapping whose member `key` also has the settings that another member holds for its name.
  ///
  /// With the keys `method`, `methods` and `name`, `{method: {name: a, x: 1}, methods: {a: {x: 0, y: 2}, b: {}}}`
  /// becomes `{method: {name: a, x: 1, y: 2}}`.
  ///
  /// - Parameters:
  ///   - key: The member that names one of several things.
  ///   - settingsKey: The member that holds the settings of each thing by its name; the result does not have this member.
  ///   - nameKey: The key of the name within the member `key`.
  /// - Returns: The mapping, and the settings of every thing with its name among them, to be checked. A node that is not
  ///   a mapping, or has no settings, is returned unchanged.
  /// - Throws: ``YAMLError`` if the settings are not a mapping of mappings.
  public func joining(
    _ key: String, withSettingsIn settingsKey: String, of nameKey: String
  ) throws(YAMLError) -> (node: YAMLNode, settings: [YAMLNode]) {
    guard case .mapping(var entries) = content,
      let position = entries.firstIndex(where: { $0.key == settingsKey })
    else { return (self, []) }
    let settings = try entries.remove(at: position).value.namedMappings(nameKey)
    if let chosen = entries.firstIndex(where: { $0.key == key }) {
      let entry = entries[chosen]
      let name = entry.value.member(nameKey)?.value
      if let below = settings.first(where: { $0.member(nameKey)?.value == name }) {
        entries[chosen] = Entry(
          key: key, location: entry.location,
          value: below.overlaid(with: entry.value, replacingByName: nameKey))
      }
    }
    return (YAMLNode(content: .mapping(entries), location: location, path: path), settings)
  }

  /// The mappings of a mapping, each with its key as another member.
  private func namedMappings(_ nameKey: String) throws(YAMLError) -> [YAMLNode] {
    if isNull { return [] }
    guard case .mapping(let members) = content else { throw mismatch("a mapping") }
    var result: [YAMLNode] = []
    for member in members {
      let own: [Entry]
      switch member.value.content {
      case .mapping(let entries): own = entries
      case _ where member.value.isNull: own = []
      default: throw member.value.mismatch("a mapping")
      }
      let name = Entry(
        key: nameKey, location: member.location,
        value: YAMLNode(
          content: .scalar(YAMLScalar(text: member.key, style: .quoted)),
          location: member.location, path: member.value.path))
      result.append(
        YAMLNode(
          content: .mapping([name] + own), location: member.location, path: member.value.path))
    }
    return result
  }

  /// The value of a key of a mapping.
  func member(_ key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }
}

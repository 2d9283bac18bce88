extension YAMLNode {
  /// The node with the texts at `path` changed: a text there, or the texts of a sequence there.
  /// - Parameters:
  ///   - path: the keys that lead to it, such as `data.real`; where they lead nowhere, nothing is changed.
  ///   - change: gives the new text for a text and where it is written.
  public func changingTexts(
    at path: String, _ change: (String, YAMLLocation) -> String
  ) -> YAMLNode {
    changing(path.split(separator: ".").map(String.init)[...], change)
  }

  private func changing(
    _ keys: ArraySlice<String>, _ change: (String, YAMLLocation) -> String
  ) -> YAMLNode {
    let changed: Content
    switch content {
    case .mapping(let entries):
      guard let first = keys.first else { return self }
      changed = .mapping(
        entries.map { entry in
          guard entry.key == first else { return entry }
          return Entry(
            key: entry.key, location: entry.location,
            value: entry.value.changing(keys.dropFirst(), change))
        })
    case .sequence(let nodes):
      guard keys.isEmpty else { return self }
      changed = .sequence(nodes.map { $0.changing([], change) })
    case .scalar:
      guard keys.isEmpty, case .string(let text) = value else { return self }
      let new = change(text, location)
      guard new != text else { return self }
      changed = .scalar(YAMLScalar(text: new, style: .quoted))
    }
    return YAMLNode(content: changed, location: location, path: path)
  }
}

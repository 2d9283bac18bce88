extension YAMLNode {
  /// Sets a node by an assignment `key.path=value`.
  ///
  /// The value is parsed as YAML. Mappings that are missing on the way are made; an element of a sequence must exist:
  /// `data.real[0].path=photographs`.
  ///
  /// - Throws: ``YAMLError`` located at `override key.path`.
  public mutating func set(_ assignment: String) throws(YAMLError) {
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let location = YAMLLocation(source: "override \(parts[0])")
    guard parts.count == 2, let steps = Self.steps(in: parts[0]) else {
      let expected =
        "expected an assignment such as optimizer.lr=0.01, found '\(assignment.shortened)'"
      throw YAMLError(.override(expected), at: location)
    }
    self = try setting(steps[...], to: parts[1], at: location)
  }

  private enum Step {
    case key(String)
    case index(Int)
  }

  /// The steps of `a.b[0].c`; `nil` if a key or an index is malformed.
  private static func steps(in path: Substring) -> [Step]? {
    guard path.count(where: { $0 == "." }) < YAMLTreeBuilder.maximumDepth else { return nil }
    var steps = [Step]()
    for component in path.split(separator: ".", omittingEmptySubsequences: false) {
      let key = component.prefix { $0 != "[" }
      guard !key.isEmpty else { return nil }
      steps.append(.key(String(key)))
      let indices = component.dropFirst(key.count)
      guard !indices.isEmpty else { continue }
      guard indices.hasSuffix("]") else { return nil }
      for digits in indices.dropFirst().dropLast().split(
        separator: "][", omittingEmptySubsequences: false)
      {
        guard let index = Int(digits), index >= 0 else { return nil }
        steps.append(.index(index))
      }
    }
    return steps
  }

  private func setting(
    _ steps: ArraySlice<Step>, to text: Substring, at location: YAMLLocation
  ) throws(YAMLError) -> YAMLNode {
    guard let step = steps.first else {
      return try YAMLNode(
        parsing: text.utf8, source: location.source, hasLines: false, path: path)
    }
    let rest = steps.dropFirst()
    switch step {
    case .key(let key):
      var entries = try mappingEntries(for: key, at: location)
      let position = entries.firstIndex { $0.key == key }
      let old = position.map { entries[$0] }
      let empty = YAMLNode(
        content: .mapping([]), location: location, path: .key(key, in: path))
      let value = try (old?.value ?? empty).setting(rest, to: text, at: location)
      let entry = Entry(key: key, location: location, value: value)
      if let position { entries[position] = entry } else { entries.append(entry) }
      return YAMLNode(content: .mapping(entries), location: self.location, path: path)
    case .index(let index):
      guard case .sequence(var nodes) = content, nodes.indices.contains(index) else {
        let found =
          if case .sequence(let nodes) = content { "has \(nodes.count)" } else { "is \(summary)" }
        throw YAMLError(
          .override("'\(path)' has no element \(index) to set: it \(found)"), at: location)
      }
      nodes[index] = try nodes[index].setting(rest, to: text, at: location)
      return YAMLNode(content: .sequence(nodes), location: self.location, path: path)
    }
  }

  /// The entries among which a key can be set; a null counts as an empty mapping.
  private func mappingEntries(
    for key: String, at location: YAMLLocation
  ) throws(YAMLError) -> [Entry] {
    if case .mapping(let entries) = content { return entries }
    guard isNull else {
      throw YAMLError(
        .override("'\(path)' has no key '\(key)' to set: it is \(summary)"), at: location)
    }
    return []
  }
}

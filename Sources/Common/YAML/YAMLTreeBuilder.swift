/// Builds the tree of one document from libyaml's events, within limits that also stop hostile documents.
struct YAMLTreeBuilder {
  static let maximumBytes = 4 << 20
  static let maximumDepth = 64
  static let maximumNodes = 100_000

  private let reader: YAMLEventReader
  private var anchors = [String: YAMLNode]()
  private var nodeCount = 0

  init(_ reader: YAMLEventReader) { self.reader = reader }

  /// The only document of the stream; a null if there is none.
  mutating func document(at path: YAMLPath) throws(YAMLError) -> YAMLNode {
    var root: YAMLNode?
    while true {
      let event = try reader.next()
      switch event.kind {
      case .documentStart:
        guard root == nil else {
          throw YAMLError(
            .unsupported("a second document starts here; expected a single one"), at: event.location
          )
        }
        root = try node(try reader.next(), path: path, depth: 1)
      case .streamEnd:
        let empty = YAMLNode.Content.scalar(YAMLScalar(text: "", style: .plain))
        return root ?? YAMLNode(content: empty, location: event.location, path: path)
      default:
        continue
      }
    }
  }

  private mutating func node(
    _ event: YAMLEventReader.Event, path: YAMLPath, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    try admitNode(at: event.location, path: path, depth: depth)
    if let tag = event.tag {
      throw YAMLError(
        .unsupported("the tag '\(tag.shortened)' is not supported"), at: event.location, path: path)
    }
    let content: YAMLNode.Content
    switch event.kind {
    case .alias(let name):
      guard let target = anchors[name] else {
        throw YAMLError(
          .unsupported("the alias '*\(name.shortened)' names no anchor completed before it"),
          at: event.location, path: path)
      }
      return try copy(of: target, path: path, depth: depth)
    case .sequenceStart: content = .sequence(try elements(path: path, depth: depth + 1))
    case .mappingStart: content = .mapping(try entries(path: path, depth: depth + 1))
    case .scalar(let scalar): content = .scalar(scalar)
    default:
      throw YAMLError(.syntax("expected a value"), at: event.location, path: path)
    }
    let node = YAMLNode(content: content, location: event.location, path: path)
    if let anchor = event.anchor { anchors[anchor] = node }
    return node
  }

  private mutating func elements(path: YAMLPath, depth: Int) throws(YAMLError) -> [YAMLNode] {
    var elements = [YAMLNode]()
    while true {
      let event = try reader.next()
      if case .sequenceEnd = event.kind { return elements }
      elements.append(try node(event, path: .index(elements.count, in: path), depth: depth))
    }
  }

  private mutating func entries(path: YAMLPath, depth: Int) throws(YAMLError) -> [YAMLNode.Entry] {
    var entries = [YAMLNode.Entry]()
    var firstLocations = [String: YAMLLocation]()
    while true {
      let event = try reader.next()
      if case .mappingEnd = event.kind { return entries }
      guard case .scalar(let scalar) = event.kind else {
        throw YAMLError(.unsupported("a key must be a scalar"), at: event.location, path: path)
      }
      if let anchor = event.anchor {
        anchors[anchor] = YAMLNode(
          content: .scalar(scalar), location: event.location, path: path)
      }
      let key = scalar.text
      if let first = firstLocations.updateValue(event.location, forKey: key) {
        throw YAMLError(.duplicateKey(key, firstLine: first.line), at: event.location, path: path)
      }
      let value = try node(try reader.next(), path: .key(key, in: path), depth: depth)
      entries.append(YAMLNode.Entry(key: key, location: event.location, value: value))
    }
  }

  /// The anchor's node, in the place of an alias; each of its nodes counts again.
  private mutating func copy(
    of node: YAMLNode, path: YAMLPath, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    var content = node.content
    switch node.content {
    case .scalar: break
    case .sequence(let nodes):
      var copies = [YAMLNode]()
      for (index, element) in nodes.enumerated() {
        let path = YAMLPath.index(index, in: path)
        try admitNode(at: element.location, path: path, depth: depth + 1)
        copies.append(try copy(of: element, path: path, depth: depth + 1))
      }
      content = .sequence(copies)
    case .mapping(let entries):
      var copies = [YAMLNode.Entry]()
      for entry in entries {
        let path = YAMLPath.key(entry.key, in: path)
        try admitNode(at: entry.location, path: path, depth: depth + 1)
        let value = try copy(of: entry.value, path: path, depth: depth + 1)
        copies.append(YAMLNode.Entry(key: entry.key, location: entry.location, value: value))
      }
      content = .mapping(copies)
    }
    return YAMLNode(content: content, location: node.location, path: path)
  }

  private mutating func admitNode(
    at location: YAMLLocation, path: YAMLPath, depth: Int
  ) throws(YAMLError) {
    nodeCount += 1
    guard nodeCount <= Self.maximumNodes else {
      throw YAMLError(
        .tooLarge(
          "the document has more than \(Self.maximumNodes) nodes with its aliases expanded"),
        at: location, path: path)
    }
    guard depth <= Self.maximumDepth else {
      throw YAMLError(
        .tooLarge("the document is nested deeper than \(Self.maximumDepth) levels"), at: location,
        path: path)
    }
  }
}

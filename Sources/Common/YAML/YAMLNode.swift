/// A part of a parsed YAML document, which knows where it was written.
public struct YAMLNode: Sendable {
  /// What the node holds.
  public enum Content: Sendable {
    /// Text that was not yet read as any type.
    case scalar(YAMLScalar)
    /// Nodes in order.
    case sequence([YAMLNode])
    /// Keys and their nodes in the document's order; no key occurs twice.
    case mapping([Entry])
  }

  /// A key of a mapping and its node.
  public struct Entry: Sendable {
    /// The key.
    public let key: String
    /// Where the key is written.
    public let location: YAMLLocation
    /// The key's value.
    public let value: YAMLNode
  }

  /// What the node holds.
  public let content: Content
  /// Where the node is written; an alias's node is where its anchor is.
  public let location: YAMLLocation
  /// The keys that lead to the node.
  public let path: YAMLPath
}

extension YAMLNode {
  /// The node's value, with plain scalars resolved by YAML 1.2's core schema.
  public var value: YAMLValue {
    switch content {
    case .scalar(let scalar): scalar.value
    case .sequence(let nodes): .sequence(nodes.map(\.value))
    case .mapping(let entries):
      .mapping(entries.map { YAMLValue.Member(key: $0.key, value: $0.value.value) })
    }
  }

  /// How an error describes the node.
  var summary: String {
    switch content {
    case .scalar(let scalar): scalar.summary
    case .sequence: "a sequence"
    case .mapping: "a mapping"
    }
  }

  var isNull: Bool {
    if case .scalar(let scalar) = content { scalar.value == .null } else { false }
  }
}

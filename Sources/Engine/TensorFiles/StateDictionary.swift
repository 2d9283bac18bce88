/// Tensors by name, in the order of the file, and strings that go with them.
public struct StateDictionary: Sendable, Equatable {
  /// One named tensor.
  public struct Entry: Sendable, Equatable {
    /// The key, such as `layer3.0.bn1.weight`.
    public let name: String

    /// The value.
    public let tensor: StoredTensor
  }

  /// The named tensors; no name occurs twice.
  public private(set) var entries: [Entry] = []

  /// Strings beside the tensors: a safetensors file's `__metadata__`, or the numbers and strings
  /// of a PyTorch checkpoint (`epoch`, `arch`, …).
  public var metadata: [String: String]

  private var positions: [String: Int] = [:]

  /// A dictionary with no tensors yet.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// The names, in order.
  public var names: [String] { entries.map(\.name) }

  /// The tensor with a name. A new name goes to the end; setting nil removes the name.
  public subscript(name: String) -> StoredTensor? {
    get { positions[name].map { entries[$0].tensor } }
    set {
      switch (positions[name], newValue) {
      case (let position?, let tensor?):
        entries[position] = Entry(name: name, tensor: tensor)
      case (nil, let tensor?):
        positions[name] = entries.count
        entries.append(Entry(name: name, tensor: tensor))
      case (let position?, nil):
        entries.remove(at: position)
        positions = [:]
        for (index, entry) in entries.enumerated() { positions[entry.name] = index }
      case (nil, nil):
        break
      }
    }
  }
}

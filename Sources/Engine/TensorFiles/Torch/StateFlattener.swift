/// Turns the value that a checkpoint's pickle built into named tensors and metadata.
struct StateFlattener {
  private static let maximumDepth = 32
  private static let maximumVisits = 200_000
  private static let maximumNameBytes = 1 << 26

  private let file: SourceFile
  private let heap: PickleHeap
  private var storages: StorageTable
  private var result = StateDictionary()
  // With shared containers, a small pickle can describe a tree of any size; these limits bound the walk, and with it the memory for the
  // elements of the containers that it is in.
  private var visits = 0
  private var nameBytes = 0

  init(file: SourceFile, heap: PickleHeap, storages: StorageTable) {
    self.file = file
    self.heap = heap
    self.storages = storages
  }

  /// The tensors of `state_dict` if the top has one, otherwise the tensors of everything below the top.
  ///
  /// Numbers and strings go to the metadata, also those that stand beside `state_dict` at the top. None,
  /// bytes, sets and bare storages name no tensor and are left out.
  consuming func flatten(_ root: PickleValue) throws(TensorFileError) -> StateDictionary {
    guard let top = heap.container(root), top.kind == .dictionary else {
      throw file.error(
        .unsupported, at: "pickle", expected: "a dictionary of tensors", found: root.kind)
    }
    let pairs = try namedItems(top)
    if let state = pairs.last(where: { $0.name == "state_dict" })?.value,
      heap.container(state)?.kind == .dictionary
    {
      for (name, value) in pairs { note(value, as: name) }
      try visit(state, name: "", depth: 0)
    } else {
      try visit(root, name: "", depth: 0)
    }
    return withoutModulePrefix(result)
  }

  private mutating func visit(
    _ value: PickleValue, name: String, depth: Int
  ) throws(TensorFileError) {
    nameBytes += name.utf8.count
    guard nameBytes <= Self.maximumNameBytes, depth <= Self.maximumDepth else { throw tooLarge }
    switch value {
    case .tensor(let index):
      guard result[name] == nil else {
        throw file.error(
          .damaged, at: "tensor '\(name)'", expected: "every name once", found: "it twice")
      }
      result[name] = try storages.tensor(heap.tensors[index], name: name)
    case .container(let index) where heap.containers[index].kind != .set:
      let container = heap.containers[index]
      visits += container.kind == .dictionary ? container.items.count / 2 : container.items.count
      guard visits <= Self.maximumVisits else { throw tooLarge }
      for item in try namedItems(container) {
        let path = name.isEmpty ? item.name : "\(name).\(item.name)"
        try visit(item.value, name: path, depth: depth + 1)
      }
    default:
      note(value, as: name)
    }
  }

  private var tooLarge: TensorFileError {
    file.error(
      .tooLarge, at: "pickle",
      expected: "at most \(Self.maximumVisits) values, \(Self.maximumDepth) levels deep",
      found: "more, or names of more than \(Self.maximumNameBytes) bytes")
  }

  /// Keeps a number or a string as metadata.
  private mutating func note(_ value: PickleValue, as name: String) {
    switch value {
    case .string(let text): result.metadata[name] = text
    case .integer(let number): result.metadata[name] = "\(number)"
    case .float(let number): result.metadata[name] = "\(number)"
    case .boolean(let flag): result.metadata[name] = "\(flag)"
    default: break
    }
  }

  /// The elements of a container with their keys or indices.
  private func namedItems(
    _ container: PickleContainer
  ) throws(TensorFileError) -> [(name: String, value: PickleValue)] {
    guard container.items.count <= 2 * Self.maximumVisits else {
      throw file.error(
        .tooLarge, at: "pickle", expected: "at most \(Self.maximumVisits) values in a container",
        found: "\(container.items.count)")
    }
    guard container.kind == .dictionary else {
      return container.items.enumerated().map { ("\($0.offset)", $0.element) }
    }
    var pairs: [(name: String, value: PickleValue)] = []
    for index in stride(from: 0, to: container.items.count, by: 2) {
      switch container.items[index] {
      case .string(let key): pairs.append((key, container.items[index + 1]))
      case .integer(let key): pairs.append(("\(key)", container.items[index + 1]))
      default:
        throw file.error(
          .unsupported, at: "pickle", expected: "strings or integers as keys",
          found: container.items[index].kind)
      }
    }
    return pairs
  }

  /// Removes the `module.` that data-parallel training puts before every name.
  private func withoutModulePrefix(_ dictionary: StateDictionary) -> StateDictionary {
    let prefix = "module."
    guard dictionary.entries.allSatisfy({ $0.name.hasPrefix(prefix) }) else { return dictionary }
    var stripped = StateDictionary(metadata: dictionary.metadata)
    for entry in dictionary.entries {
      stripped[String(entry.name.dropFirst(prefix.count))] = entry.tensor
    }
    return stripped
  }
}

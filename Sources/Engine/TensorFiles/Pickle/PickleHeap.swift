/// Everything that a pickle built and that values refer to.
struct PickleHeap {
  var containers: [PickleContainer] = []
  var storages: [StorageReference] = []
  var tensors: [StridedView] = []

  /// The container that a value refers to, or nil if it refers to none.
  func container(_ value: PickleValue) -> PickleContainer? {
    guard case .container(let index) = value, containers.indices.contains(index) else { return nil }
    return containers[index]
  }

  /// The elements of a tuple or a list, or nil where the value is neither.
  func sequence(_ value: PickleValue) -> [PickleValue]? {
    guard let container = container(value), container.kind == .tuple || container.kind == .list
    else { return nil }
    return container.items
  }

  /// A tuple or list of at most `limit` integers, or nil where the value is something else.
  func integers(_ value: PickleValue, limit: Int) -> [Int]? {
    guard let items = sequence(value), items.count <= limit else { return nil }
    var integers: [Int] = []
    for item in items {
      guard case .integer(let integer) = item else { return nil }
      integers.append(integer)
    }
    return integers
  }
}

import Foundation

/// What the few known Python names do with their arguments.
extension PickleMachine {
  mutating func call(
    _ function: PickleValue, _ arguments: PickleValue
  ) throws(TensorFileError) -> PickleValue {
    guard case .global(let global) = function else {
      throw error(expected: "a function to call", found: function.kind)
    }
    guard let container = heap.container(arguments), container.kind == .tuple else {
      throw error(expected: "a tuple of arguments", found: arguments.kind)
    }
    let items = container.items
    switch global {
    case .orderedDictionary: return newContainer(.dictionary, try pairs(items))
    case .set: return newContainer(.set, try elements(items))
    case .bytes: return .bytes
    case .size: return newContainer(.tuple, try elements(items))
    case .rebuildTensor: return newTensor(try view(items))
    case .rebuildParameter:
      guard let tensor = items.first, case .tensor = tensor else {
        throw error(expected: "a tensor as the parameter's value", found: "other arguments")
      }
      return tensor
    case .storage:
      throw error(expected: "a storage's type as part of its name", found: "a call of it")
    }
  }

  /// A storage from what PyTorch writes for it: `('storage', type, key, device, count)`, and in the
  /// legacy format a sixth element: None, or `(key, offset, count)` of the part that is meant.
  func storageReference(_ value: PickleValue) throws(TensorFileError) -> StorageReference {
    guard let items = heap.sequence(value), items.count == 5 || items.count == 6,
      case .string("storage") = items[0], case .global(.storage(let type)) = items[1],
      case .string(let key) = items[2], case .integer(let count) = items[4], count >= 0
    else {
      throw error(expected: "a storage with type, key and size", found: "other values")
    }
    var part = 0..<count
    if items.count == 6, let view = heap.sequence(items[5]) {
      guard view.count == 3, case .integer(let start) = view[1], case .integer(let size) = view[2],
        start >= 0, start <= count, size >= 0, size <= count - start
      else {
        throw error(expected: "a part of the storage's \(count) elements", found: "other values")
      }
      part = start..<start + size
    }
    return StorageReference(key: key, elementType: type, count: count, part: part)
  }

  /// A tensor from `(storage, offset, shape, strides, …)`.
  private mutating func view(_ items: [PickleValue]) throws(TensorFileError) -> StridedView {
    guard items.count >= 4, case .storage(let storage) = items[0],
      case .integer(let offset) = items[1],
      let shape = heap.integers(items[2], limit: StridedView.maximumRank),
      let strides = heap.integers(items[3], limit: StridedView.maximumRank),
      shape.count == strides.count
    else {
      throw error(
        expected: "a storage, an offset, a shape and strides of at most "
          + "\(StridedView.maximumRank) axes", found: "other values")
    }
    // Such as a negation that PyTorch has put off.
    if items.count > 6, let metadata = heap.container(items[6]), !metadata.items.isEmpty {
      throw error(expected: "a tensor as it is stored", found: "one to be changed when it is read")
    }
    try charge(shape.count)
    return StridedView(
      storage: heap.storages[storage], offset: offset, shape: shape, strides: strides)
  }

  private mutating func elements(_ items: [PickleValue]) throws(TensorFileError) -> [PickleValue] {
    guard let first = items.first else { return [] }
    guard let elements = heap.sequence(first) else {
      throw error(expected: "a list or tuple", found: first.kind)
    }
    try charge(elements.count)
    return elements
  }

  private mutating func pairs(_ items: [PickleValue]) throws(TensorFileError) -> [PickleValue] {
    var flat: [PickleValue] = []
    for element in try elements(items) {
      guard let pair = heap.sequence(element), pair.count == 2 else {
        throw error(expected: "pairs of key and value", found: element.kind)
      }
      flat += pair
    }
    return flat
  }
}

import Foundation

/// What the instructions with an argument do.
extension PickleMachine {
  mutating func checkProtocol() throws(TensorFileError) {
    let version = try cursor.integer(UInt8.self)
    guard (2...5).contains(version) else {
      throw error(.unsupported, expected: "pickle protocol 2 to 5", found: "\(version)")
    }
  }

  mutating func longInteger(size: Int) throws(TensorFileError) -> PickleValue {
    let bytes = try cursor.data(count: size)
    guard size <= 8 else { return .longInteger(bytes) }
    var pattern: UInt64 = bytes.last.map { $0 & 0x80 == 0 } ?? true ? 0 : .max
    for byte in bytes.reversed() { pattern = pattern << 8 | UInt64(byte) }
    return .integer(Int(truncatingIfNeeded: pattern))
  }

  mutating func pushString(_ count: Int) throws(TensorFileError) {
    stack.push(.string(try cursor.string(count: count)))
  }

  mutating func skipBytes(_ count: Int) throws(TensorFileError) {
    try cursor.skip(count)
    stack.push(.bytes)
  }

  mutating func pushContainer(_ kind: PickleContainer.Kind, _ items: [PickleValue]) {
    stack.push(newContainer(kind, items))
  }

  mutating func extend(
    _ kind: PickleContainer.Kind, with items: [PickleValue]
  ) throws(TensorFileError) {
    guard case .container(let index) = try top(), heap.containers[index].kind == kind else {
      throw error(expected: "a \(kind) to add to", found: try top().kind)
    }
    guard kind != .dictionary || items.count.isMultiple(of: 2) else {
      throw error(expected: "a value for every key", found: "\(items.count) keys and values")
    }
    heap.containers[index].items.append(contentsOf: items)
  }

  mutating func pushMemo(_ key: UInt32) throws(TensorFileError) {
    guard let value = memo[key] else {
      throw error(expected: "a value in memo \(key)", found: "none")
    }
    stack.push(value)
  }

  func resolve(
    module: String, name: String
  ) throws(TensorFileError) -> PickleGlobal {
    switch PickleGlobal.resolve(module: module, name: name) {
    case .known(let global): return global
    case .unsupportedElements(let elements):
      throw error(
        .unsupported, expected: "elements of type float, integer or bool",
        found: "\(elements) (torch.\(name))")
    case .forbidden:
      throw error(
        .forbidden, expected: "tensors and containers only",
        found: "a request for '\(module.prefix(128)).\(name.prefix(128))'")
    }
  }
}

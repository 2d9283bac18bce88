import Foundation

/// Runs a pickle, which can build tensors, containers, numbers and strings, but cannot call anything.
///
/// Its memory is bounded by `maximumOperations` times about a hundred bytes, and by the file's size
/// for strings, which are never joined or repeated.
struct PickleMachine {
  /// The number of instructions and copied elements that a pickle may take; enough for about 20 000 tensors.
  static let maximumOperations = 1_000_000

  var heap = PickleHeap()

  var cursor: ByteCursor
  var stack = PickleStack()
  var memo: [UInt32: PickleValue] = [:]
  private var operations = 0

  init(cursor: ByteCursor) {
    self.cursor = cursor
  }

  /// Runs up to the stop instruction; the cursor is then behind it.
  mutating func run() throws(TensorFileError) -> PickleValue {
    while true {
      try charge(1)
      let code = try cursor.integer(UInt8.self)
      guard let opcode = PickleOpcode(rawValue: code) else {
        throw error(
          expected: "an instruction of pickle protocols 2 to 5 that PyTorch writes",
          found: "0x\(String(code, radix: 16))")
      }
      if opcode == .stop { return try pop() }
      try execute(opcode)
    }
  }

  private mutating func execute(_ opcode: PickleOpcode) throws(TensorFileError) {
    switch opcode {
    case .protocolVersion: try checkProtocol()
    case .frame: try cursor.skip(8)
    case .stop: break

    case .mark: stack.mark()
    case .pop: _ = try pop()
    case .popMark: _ = try popToMark()
    case .duplicate: stack.push(try top())

    case .none: stack.push(.none)
    case .newTrue: stack.push(.boolean(true))
    case .newFalse: stack.push(.boolean(false))
    case .binaryInteger: stack.push(.integer(Int(try cursor.integer(Int32.self))))
    case .binaryInteger1: stack.push(.integer(Int(try cursor.integer(UInt8.self))))
    case .binaryInteger2: stack.push(.integer(Int(try cursor.integer(UInt16.self))))
    case .long1: stack.push(try longInteger(size: try cursor.length(UInt8.self)))
    case .long4: stack.push(try longInteger(size: try cursor.length(UInt32.self)))
    case .binaryFloat:
      stack.push(.float(Double(bitPattern: try cursor.integer(UInt64.self).byteSwapped)))

    case .shortBinaryString, .shortBinaryUnicode: try pushString(try cursor.length(UInt8.self))
    case .binaryString, .binaryUnicode: try pushString(try cursor.length(UInt32.self))
    case .binaryUnicode8: try pushString(try cursor.length(UInt64.self))
    case .shortBinaryBytes: try skipBytes(try cursor.length(UInt8.self))
    case .binaryBytes: try skipBytes(try cursor.length(UInt32.self))
    case .binaryBytes8: try skipBytes(try cursor.length(UInt64.self))

    case .emptyTuple: pushContainer(.tuple, [])
    case .tuple: pushContainer(.tuple, try popToMark())
    case .tuple1: pushContainer(.tuple, try pop(1))
    case .tuple2: pushContainer(.tuple, try pop(2))
    case .tuple3: pushContainer(.tuple, try pop(3))
    case .emptyList: pushContainer(.list, [])
    case .emptyDictionary: pushContainer(.dictionary, [])
    case .emptySet: pushContainer(.set, [])
    case .frozenSet: pushContainer(.set, try popToMark())
    case .append: try extend(.list, with: try pop(1))
    case .appends: try extend(.list, with: try popToMark())
    case .addItems: try extend(.set, with: try popToMark())
    case .setItem: try extend(.dictionary, with: try pop(2))
    case .setItems: try extend(.dictionary, with: try popToMark())

    case .binaryPut: memo[UInt32(try cursor.integer(UInt8.self))] = try top()
    case .longBinaryPut: memo[try cursor.integer(UInt32.self)] = try top()
    case .memoize: memo[UInt32(truncatingIfNeeded: memo.count)] = try top()
    case .binaryGet: try pushMemo(UInt32(try cursor.integer(UInt8.self)))
    case .longBinaryGet: try pushMemo(try cursor.integer(UInt32.self))

    case .global:
      let module = try cursor.line(limit: 256)
      stack.push(.global(try resolve(module: module, name: try cursor.line(limit: 256))))
    case .stackGlobal:
      guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
        throw error(expected: "a module and a name", found: "other values")
      }
      stack.push(.global(try resolve(module: module, name: name)))
    case .reduce:
      let arguments = try pop()
      stack.push(try call(try pop(), arguments))
    case .build:
      // The attributes of an OrderedDict, such as `_metadata` of a module's state, are not needed here.
      _ = try pop()
      guard heap.container(try top())?.kind == .dictionary else {
        throw error(expected: "an OrderedDict to set attributes of", found: try top().kind)
      }
    case .persistentIdentifier:
      heap.storages.append(try storageReference(try pop()))
      stack.push(.storage(heap.storages.count - 1))
    }
  }

  // MARK: Parts that the calls use too

  func error(
    _ kind: TensorFileError.Kind = .damaged, expected: String, found: String
  ) -> TensorFileError {
    cursor.file.error(
      kind, at: "pickle, byte \(cursor.offset)", expected: expected, found: found)
  }

  /// Counts work that is not bounded by the length of the pickle alone.
  mutating func charge(_ count: Int) throws(TensorFileError) {
    let (sum, overflow) = operations.addingReportingOverflow(count)
    guard !overflow, sum <= Self.maximumOperations else {
      throw error(
        .tooLarge, expected: "at most \(Self.maximumOperations) operations", found: "more")
    }
    operations = sum
  }

  mutating func newContainer(
    _ kind: PickleContainer.Kind, _ items: [PickleValue]
  ) -> PickleValue {
    heap.containers.append(PickleContainer(kind: kind, items: items))
    return .container(heap.containers.count - 1)
  }

  mutating func newTensor(_ view: StridedView) -> PickleValue {
    heap.tensors.append(view)
    return .tensor(heap.tensors.count - 1)
  }

  // MARK: Stack

  func top() throws(TensorFileError) -> PickleValue { try found(stack.top) }

  private mutating func pop() throws(TensorFileError) -> PickleValue { try found(stack.pop()) }

  private mutating func pop(_ count: Int) throws(TensorFileError) -> [PickleValue] {
    try found(stack.pop(count))
  }

  private mutating func popToMark() throws(TensorFileError) -> [PickleValue] {
    try found(stack.popToMark())
  }

  private func found<Value>(_ value: Value?) throws(TensorFileError) -> Value {
    guard let value else { throw error(expected: "more values on the stack", found: "none") }
    return value
  }
}

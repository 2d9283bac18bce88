import Foundation

/// Writes the pickle of a checkpoint, in protocol 2 as PyTorch does.
struct PickleWriter {
  private var data = Data([PickleOpcode.protocolVersion.rawValue, 2])

  /// The finished pickle.
  consuming func finish() -> Data {
    write(.stop)
    return data
  }

  /// A dictionary whose entries `body` writes, key and value in turn; the keys are strings.
  mutating func dictionary(_ body: (inout PickleWriter) -> Void) {
    write(.emptyDictionary)
    write(.mark)
    body(&self)
    write(.setItems)
  }

  /// An `OrderedDict` of tensors, each with its own storage, whose key is the tensor's position.
  mutating func tensors(_ entries: [StateDictionary.Entry]) {
    emptyOrderedDictionary()
    write(.mark)
    for (key, entry) in entries.enumerated() {
      string(entry.name)
      tensor(entry.tensor, key: key)
    }
    write(.setItems)
  }

  mutating func string(_ text: String) {
    write(.binaryUnicode)
    data.append(littleEndian: UInt32(truncatingIfNeeded: text.utf8.count))
    data.append(contentsOf: text.utf8)
  }

  private mutating func tensor(_ tensor: StoredTensor, key: Int) {
    global(module: "torch._utils", name: "_rebuild_tensor_v2")
    write(.mark)

    write(.mark)
    string("storage")
    global(module: "torch", name: PickleGlobal.storageName(tensor.elementType))
    string("\(key)")
    string("cpu")
    integer(tensor.elementCount)
    write(.tuple)
    write(.persistentIdentifier)

    integer(0)
    integers(tensor.shape)
    integers(Self.contiguousStrides(tensor.shape))
    // requires_grad, and an empty dictionary of hooks.
    write(.newFalse)
    emptyOrderedDictionary()
    write(.tuple)
    write(.reduce)
  }

  private mutating func emptyOrderedDictionary() {
    global(module: "collections", name: "OrderedDict")
    write(.emptyTuple)
    write(.reduce)
  }

  private mutating func integers(_ values: [Int]) {
    write(.mark)
    for value in values { integer(value) }
    write(.tuple)
  }

  private mutating func integer(_ value: Int) {
    if let small = Int32(exactly: value) {
      write(.binaryInteger)
      data.append(littleEndian: small)
    } else {
      write(.long1)
      data.append(8)
      data.append(littleEndian: Int64(value))
    }
  }

  private mutating func global(module: String, name: String) {
    write(.global)
    data.append(contentsOf: "\(module)\n\(name)\n".utf8)
  }

  private mutating func write(_ opcode: PickleOpcode) { data.append(opcode.rawValue) }

  /// The strides, in elements, of a tensor whose bytes are known to fit.
  private static func contiguousStrides(_ shape: [Int]) -> [Int] {
    var strides: [Int] = []
    var product = 1
    for length in shape.reversed() {
      strides.append(product)
      product = product.multipliedReportingOverflow(by: max(length, 1)).partialValue
    }
    return strides.reversed()
  }
}

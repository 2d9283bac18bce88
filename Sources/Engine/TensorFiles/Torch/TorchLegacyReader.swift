import Foundation

/// Reads the format that `torch.save` wrote before zip archives, such as torchvision's ImageNet files:
/// five pickles one after the other, then the storages.
struct TorchLegacyReader {
  private static let magicNumber = Data([
    0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
  ])
  private static let formatVersion = 1001

  let file: SourceFile

  func read() throws(TensorFileError) -> StateDictionary {
    var cursor = file.cursor(0..<file.bytes.count)
    guard case .longInteger(Self.magicNumber) = try runPickle(&cursor).value else {
      throw file.error(
        .unknownFormat, at: "pickle", expected: "PyTorch's magic number",
        found: "another value; a pickle not written by torch.save is not read")
    }
    let version = try runPickle(&cursor).value
    guard case .integer(Self.formatVersion) = version else {
      throw file.error(
        .unsupported, at: "pickle", expected: "format version \(Self.formatVersion)",
        found: version.kind)
    }
    // This value describes the integers of the writing machine; storages are always little-endian.
    _ = try runPickle(&cursor)
    let state = try runPickle(&cursor)
    let keys = try runPickle(&cursor)

    let storages = try readStorages(
      keys: keys.heap.sequence(keys.value), references: state.heap.storages, &cursor)
    let table = StorageTable(file: file, storages: storages, isBigEndian: false)
    return try StateFlattener(file: file, heap: state.heap, storages: table).flatten(state.value)
  }

  private func runPickle(
    _ cursor: inout ByteCursor
  ) throws(TensorFileError) -> (value: PickleValue, heap: PickleHeap) {
    var machine = PickleMachine(cursor: cursor)
    let value = try machine.run()
    cursor = machine.cursor
    return (value, machine.heap)
  }

  /// The storages in the order of their keys, each with its number of elements before it.
  private func readStorages(
    keys: [PickleValue]?, references: [StorageReference], _ cursor: inout ByteCursor
  ) throws(TensorFileError) -> [String: Data] {
    var sizes: [String: Int] = [:]
    for reference in references { sizes[reference.key] = reference.elementType.size }
    var storages: [String: Data] = [:]
    guard let keys else {
      throw file.error(
        .damaged, at: "byte \(cursor.offset)", expected: "a list of storage keys",
        found: "another value")
    }
    for key in keys {
      guard case .string(let name) = key, let size = sizes[name], storages[name] == nil else {
        throw file.error(
          .damaged, at: "byte \(cursor.offset)",
          expected: "keys of storages that tensors use, each once", found: key.kind)
      }
      let count = try cursor.length(UInt64.self)
      let (byteCount, overflow) = count.multipliedReportingOverflow(by: size)
      storages[name] = try cursor.data(count: overflow ? .max : byteCount)
    }
    return storages
  }
}

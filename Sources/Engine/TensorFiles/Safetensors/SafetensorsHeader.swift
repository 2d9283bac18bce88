/// The contents of a safetensors header, before they are compared with the data.
struct SafetensorsHeader {
  struct Entry {
    let name: String
    let type: String
    let shape: [Int]
    /// The first byte and the end, counted from the end of the header.
    let offsets: [Int]
  }

  /// The key that holds strings instead of a tensor.
  static let metadataKey = "__metadata__"

  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]

  init(scanner: inout HeaderScanner) throws(TensorFileError) {
    var names: Set<String> = []
    try scanner.expect("{")
    while let name = try scanner.nextKey(first: names.isEmpty) {
      guard names.insert(name).inserted else {
        throw scanner.error(expected: "every name once", found: "'\(name)' twice")
      }
      if name == Self.metadataKey {
        metadata = try Self.readMetadata(&scanner)
      } else {
        entries.append(try Self.readEntry(name, &scanner))
      }
    }
    try scanner.expectEnd()
  }

  private static func readMetadata(
    _ scanner: inout HeaderScanner
  ) throws(TensorFileError) -> [String: String] {
    var metadata: [String: String] = [:]
    try scanner.expect("{")
    while let key = try scanner.nextKey(first: metadata.isEmpty) {
      guard metadata.updateValue(try scanner.string(), forKey: key) == nil else {
        throw scanner.error(expected: "every metadata key once", found: "'\(key)' twice")
      }
    }
    return metadata
  }

  private static func readEntry(
    _ name: String, _ scanner: inout HeaderScanner
  ) throws(TensorFileError) -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    var isFirst = true
    try scanner.expect("{")
    while let key = try scanner.nextKey(first: isFirst) {
      isFirst = false
      switch key {
      case "dtype" where type == nil: type = try scanner.string()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where offsets == nil: offsets = try scanner.integers()
      default:
        throw scanner.error(
          expected: "dtype, shape and data_offsets once each for '\(name)'", found: "'\(key)'")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw scanner.error(
        expected: "dtype, shape and two data_offsets for '\(name)'", found: "less or more")
    }
    return Entry(name: name, type: type, shape: shape, offsets: offsets)
  }
}

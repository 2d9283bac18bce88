import Foundation

/// Writes a safetensors file, byte for byte as the format's own library does, except that metadata
/// keys are sorted, while the library leaves their order to chance.
struct SafetensorsWriter {
  private let ordered: [StateDictionary.Entry]
  private let header: Data

  init(dictionary: StateDictionary, path: String) throws(TensorFileError) {
    guard dictionary[SafetensorsHeader.metadataKey] == nil else {
      throw TensorFileError(
        kind: .unsupported, path: path, place: "tensor '\(SafetensorsHeader.metadataKey)'",
        expected: "another name, as the format keeps this one for strings", found: "a tensor")
    }
    ordered = dictionary.entries.sorted { left, right in
      let leftRank = left.tensor.elementType.safetensorsRank
      let rightRank = right.tensor.elementType.safetensorsRank
      if leftRank != rightRank { return leftRank > rightRank }
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    header = Self.header(ordered, metadata: dictionary.metadata)
  }

  func write(to output: inout FileWriter) throws(TensorFileError) {
    try output.write(withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) })
    try output.write(header)
    for entry in ordered { try output.write(entry.tensor.bytes) }
  }

  private static func header(
    _ entries: [StateDictionary.Entry], metadata: [String: String]
  ) -> Data {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
        .joined(separator: ",")
      members.append("\(quoted(SafetensorsHeader.metadataKey)):{\(pairs)}")
    }
    var offset = 0
    for entry in entries {
      let end = offset + entry.tensor.bytes.count
      let type = entry.tensor.elementType.safetensorsName
      let shape = entry.tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(entry.name)):{\"dtype\":\"\(type)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Data("{\(members.joined(separator: ","))}".utf8)
    // The data then begins at a multiple of 8, where a mapped reader can use it in place.
    header.append(contentsOf: Array(repeating: 0x20, count: (8 - header.count % 8) % 8))
    return header
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

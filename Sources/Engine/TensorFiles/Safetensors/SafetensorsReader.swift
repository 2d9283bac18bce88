/// Reads a safetensors file: a length of 8 bytes, a JSON header, then the tensors without gaps.
struct SafetensorsReader {
  /// The limit of the format's own library.
  private static let maximumHeaderLength = 100_000_000

  let file: SourceFile

  func read() throws(TensorFileError) -> StateDictionary {
    var cursor = file.cursor(0..<file.bytes.count)
    let length = try cursor.length(UInt64.self)
    guard length <= Self.maximumHeaderLength else {
      throw file.error(
        .tooLarge, at: "header", expected: "at most \(Self.maximumHeaderLength) bytes",
        found: "\(length)")
    }
    let dataStart = cursor.offset + length
    var scanner = HeaderScanner(file: file, range: cursor.offset..<dataStart)
    let header = try SafetensorsHeader(scanner: &scanner)
    let data = dataStart..<file.bytes.count
    try checkCoverage(header.entries, byteCount: data.count)

    var dictionary = StateDictionary(metadata: header.metadata)
    for entry in header.entries {
      dictionary[entry.name] = try tensor(entry, in: data)
    }
    return dictionary
  }

  /// Every byte of the data belongs to exactly one tensor.
  private func checkCoverage(
    _ entries: [SafetensorsHeader.Entry], byteCount: Int
  ) throws(TensorFileError) {
    var end = 0
    let ordered = entries.sorted { $0.offsets.lexicographicallyPrecedes($1.offsets) }
    for entry in ordered {
      guard entry.offsets[0] == end, entry.offsets[1] >= end, entry.offsets[1] <= byteCount else {
        throw file.error(
          .damaged, at: "tensor '\(entry.name)'",
          expected: "data from byte \(end) on, within \(byteCount) bytes",
          found: "bytes \(entry.offsets[0]) to \(entry.offsets[1])")
      }
      end = entry.offsets[1]
    }
    guard end == byteCount else {
      throw file.error(
        .damaged, at: "data", expected: "\(end) bytes, as the header says",
        found: "\(byteCount) bytes")
    }
  }

  private func tensor(
    _ entry: SafetensorsHeader.Entry, in data: Range<Int>
  ) throws(TensorFileError) -> StoredTensor {
    guard let type = ElementType(safetensorsName: entry.type) else {
      throw file.error(
        .unsupported, at: "tensor '\(entry.name)'",
        expected: "one of \(ElementType.safetensorsNames.joined(separator: ", "))",
        found: "elements of type '\(entry.type)'")
    }
    let first = data.lowerBound + entry.offsets[0]
    let end = data.lowerBound + entry.offsets[1]
    do throws(StoredTensor.SizeMismatch) {
      return try StoredTensor(
        elementType: type, shape: entry.shape, bytes: file.bytes[first..<end])
    } catch {
      throw file.error(
        .damaged, at: "tensor '\(entry.name)'",
        expected: "data of \(type) elements in shape \(entry.shape)", found: "\(end - first) bytes")
    }
  }
}

import Foundation

/// Reads little-endian fields one after the other and never past the end of its part of the file.
struct ByteCursor {
  let file: SourceFile

  /// The position in the file of the next byte.
  private(set) var offset: Int

  /// Where the part of the file ends.
  let end: Int

  init(file: SourceFile, range: Range<Int>) {
    self.file = file
    let whole = range.clamped(to: 0..<file.bytes.count)
    offset = whole.lowerBound
    end = whole.upperBound
  }

  var remaining: Int { end - offset }

  mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type
  ) throws(TensorFileError) -> Integer {
    let size = MemoryLayout<Integer>.size
    try require(size)
    let start = offset
    offset += size
    return file.bytes.withUnsafeBytes {
      Integer(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: Integer.self))
    }
  }

  /// An unsigned length, as an `Int` that lies inside the file.
  mutating func length<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: Integer.Type
  ) throws(TensorFileError) -> Int {
    let value = try integer(type)
    guard let length = Int(exactly: value), length <= remaining else {
      throw truncated(expected: "\(value) bytes")
    }
    return length
  }

  /// The next bytes, as a slice of the mapped file.
  mutating func data(count: Int) throws(TensorFileError) -> Data {
    try require(count)
    defer { offset += count }
    return file.bytes[offset..<offset + count]
  }

  mutating func skip(_ count: Int) throws(TensorFileError) {
    try require(count)
    offset += count
  }

  mutating func string(count: Int) throws(TensorFileError) -> String {
    let place = "byte \(offset)"
    guard let string = String(data: try data(count: count), encoding: .utf8) else {
      throw file.error(.damaged, at: place, expected: "UTF-8 text", found: "other bytes")
    }
    return string
  }

  /// The text up to the next line feed, which is read too; at most `limit` bytes.
  mutating func line(limit: Int) throws(TensorFileError) -> String {
    let window = file.bytes[offset..<offset + min(limit, remaining)]
    guard let lineFeed = window.firstIndex(of: UInt8(ascii: "\n")) else {
      throw truncated(expected: "a line of at most \(limit) bytes")
    }
    let text = try string(count: lineFeed - offset)
    offset += 1
    return text
  }

  private func require(_ count: Int) throws(TensorFileError) {
    guard count >= 0, count <= remaining else { throw truncated(expected: "\(count) bytes") }
  }

  private func truncated(expected: String) -> TensorFileError {
    file.error(
      .damaged, at: "byte \(offset)", expected: expected, found: "\(remaining) bytes to the end")
  }
}

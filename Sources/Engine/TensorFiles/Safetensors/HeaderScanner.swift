import Foundation

/// Reads the JSON of a safetensors header: objects, strings and lists of unsigned integers.
///
/// A general JSON reader silently keeps one of two equal keys and follows any nesting. This one
/// shows every key to the caller, and cannot nest, as it never calls itself.
struct HeaderScanner {
  private let file: SourceFile
  private let bytes: [UInt8]
  private let start: Int
  private var position = 0

  init(file: SourceFile, range: Range<Int>) {
    self.file = file
    bytes = [UInt8](file.bytes[range])
    start = range.lowerBound
  }

  func error(expected: String, found: String) -> TensorFileError {
    file.error(
      .damaged, at: "header, byte \(start + position)", expected: expected, found: found)
  }

  mutating func expect(_ character: Unicode.Scalar) throws(TensorFileError) {
    guard let next = peek(), next == UInt8(ascii: character) else {
      throw unexpected(expected: "'\(character)'")
    }
    position += 1
  }

  /// The next key of an object with its colon, or nil at the object's end, which is read too.
  mutating func nextKey(first: Bool) throws(TensorFileError) -> String? {
    if peek() == UInt8(ascii: "}") {
      position += 1
      return nil
    }
    if !first { try expect(",") }
    let key = try string()
    try expect(":")
    return key
  }

  mutating func string() throws(TensorFileError) -> String {
    try expect("\"")
    let first = position
    var hasEscapes = false
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      guard bytes[position] >= 0x20 else { throw unexpected(expected: "a printable character") }
      let isEscape = bytes[position] == UInt8(ascii: "\\")
      hasEscapes = hasEscapes || isEscape
      position += isEscape ? 2 : 1
    }
    guard position < bytes.count else { throw unexpected(expected: "'\"'") }
    let content = Data(bytes[first..<position])
    position += 1
    let text =
      hasEscapes
      ? try? JSONDecoder().decode(String.self, from: Data(bytes[(first - 1)..<position]))
      : String(data: content, encoding: .utf8)
    guard let text else {
      throw error(expected: "UTF-8 text with JSON's escapes", found: "other bytes")
    }
    return text
  }

  mutating func integers() throws(TensorFileError) -> [Int] {
    var values: [Int] = []
    try expect("[")
    while peek() != UInt8(ascii: "]") {
      if !values.isEmpty { try expect(",") }
      values.append(try integer())
    }
    position += 1
    return values
  }

  mutating func expectEnd() throws(TensorFileError) {
    guard peek() == nil else { throw unexpected(expected: "the end of the header") }
  }

  private mutating func integer() throws(TensorFileError) -> Int {
    guard let next = peek(), isDigit(next) else {
      throw unexpected(expected: "an unsigned integer")
    }
    var value = 0
    while position < bytes.count, isDigit(bytes[position]) {
      let (tens, tooMany) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooLarge) = tens.addingReportingOverflow(Int(bytes[position] - UInt8(ascii: "0")))
      guard !tooMany, !tooLarge else { throw unexpected(expected: "an integer below 2^63") }
      value = sum
      position += 1
    }
    return value
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The next byte that is not white space, which is not read.
  private mutating func peek() -> UInt8? {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
    return position < bytes.count ? bytes[position] : nil
  }

  private func unexpected(expected: String) -> TensorFileError {
    guard position < bytes.count else {
      return error(expected: expected, found: "the end of the header")
    }
    let byte = bytes[position]
    let found =
      (0x21..<0x7F).contains(byte)
      ? "'\(Unicode.Scalar(byte))'" : "byte 0x\(String(byte, radix: 16))"
    return error(expected: expected, found: found)
  }
}

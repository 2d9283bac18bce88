/// The records of a pax header that change where a member is found: `length key=value`, one on a line.
struct TarPaxRecords: Equatable {
  /// The name of the member, instead of the header's.
  private(set) var path: [UInt8]?
  /// The number of bytes of its contents, instead of the header's.
  private(set) var size: Int?
  /// Whether the member has gaps that the archive leaves out.
  private(set) var isSparse = false

  /// Reads records; nil where these are not such lines.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0 != UInt8(ascii: " ") }
      guard digits.count < 10, let length = Int(String(decoding: digits, as: UTF8.self)),
        length > digits.count + 1, length <= rest.count
      else { return nil }
      let record = rest.prefix(length).dropFirst(digits.count + 1)
      guard record.last == UInt8(ascii: "\n"),
        let equals = record.firstIndex(of: UInt8(ascii: "="))
      else { return nil }
      let key = record[..<equals]
      let value = record[(equals + 1)...].dropLast()
      if key.elementsEqual("path".utf8) {
        path = Array(value)
      } else if key.elementsEqual("size".utf8) {
        guard let number = Int(String(decoding: value, as: UTF8.self)), number >= 0 else {
          return nil
        }
        size = number
      } else if key.starts(with: "GNU.sparse.".utf8) || key.starts(with: "SUN.holesdata".utf8) {
        isSparse = true
      }
      rest = rest.dropFirst(length)
    }
  }
}

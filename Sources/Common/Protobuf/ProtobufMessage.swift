/// A protocol-buffer message under construction: fields written in the order of their numbers give its canonical bytes.
///
/// Every field is written, even one with the default value: the caller decides which fields to leave out, because members
/// of a `oneof` are never left out.
package struct ProtobufMessage: Sendable {
  /// The message as it is sent.
  package private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  /// A message without fields.
  package init() {}

  /// Adds a field of type `int32`, `int64`, `bool` or an enumeration.
  package mutating func append(_ value: Int64, as field: UInt64) {
    appendKey(field, .varint)
    appendVarint(UInt64(bitPattern: value))
  }

  /// Adds a field of type `double`.
  package mutating func append(_ value: Double, as field: UInt64) {
    appendKey(field, .fixed64)
    bytes += value.bitPattern.littleEndianBytes
  }

  /// Adds a field of type `float`.
  package mutating func append(_ value: Float, as field: UInt64) {
    appendKey(field, .fixed32)
    bytes += value.bitPattern.littleEndianBytes
  }

  /// Adds a field of type `string`.
  package mutating func append(_ value: String, as field: UInt64) {
    append(value.utf8, as: field)
  }

  /// Adds a message as a field.
  package mutating func append(_ message: ProtobufMessage, as field: UInt64) {
    append(message.bytes, as: field)
  }

  /// Adds a field of type `bytes`.
  package mutating func append(_ value: some Collection<UInt8>, as field: UInt64) {
    appendKey(field, .lengthDelimited)
    appendVarint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  private mutating func appendKey(_ field: UInt64, _ type: WireType) {
    appendVarint(field << 3 | type.rawValue)
  }

  private mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

extension FixedWidthInteger {
  /// The bytes of the value, least significant first.
  package var littleEndianBytes: [UInt8] {
    withUnsafeBytes(of: littleEndian) { Array($0) }
  }
}

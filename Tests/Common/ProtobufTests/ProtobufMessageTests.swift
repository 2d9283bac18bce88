import Protobuf
import Testing

/// Bytes beside those of the encoding's own documentation (protobuf.dev/programming-guides/encoding).
@Suite struct ProtobufMessageTests {
  @Test func fieldsAreWrittenAsTheEncodingSays() {
    var message = ProtobufMessage()
    message.append(Int64(150), as: 1)
    #expect(message.bytes == [0x08, 0x96, 0x01])
    message.append("testing", as: 2)
    #expect(message.bytes[3...] == [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67])

    var outer = ProtobufMessage()
    var inner = ProtobufMessage()
    inner.append(Int64(150), as: 1)
    outer.append(inner, as: 3)
    #expect(outer.bytes == [0x1A, 0x03, 0x08, 0x96, 0x01])
  }

  /// Negative numbers take ten bytes, numbers of floating point are little-endian, high field numbers take more bytes.
  @Test func numbersOfEveryWireType() {
    var message = ProtobufMessage()
    message.append(Int64(-1), as: 1)
    #expect(message.bytes == [0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01])

    message = ProtobufMessage()
    message.append(Float(1), as: 2)
    message.append(1.0, as: 3)
    #expect(
      message.bytes == [0x15, 0, 0, 0x80, 0x3F] + [0x19, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F])

    message = ProtobufMessage()
    message.append([UInt8](repeating: 7, count: 200), as: 20)
    #expect(message.bytes.prefix(4) == [0xA2, 0x01, 0xC8, 0x01] && message.bytes.count == 204)
    #expect(UInt32(0x0102_0304).littleEndianBytes == [4, 3, 2, 1])
  }
}

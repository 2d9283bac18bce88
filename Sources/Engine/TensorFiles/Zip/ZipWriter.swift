import CZlib
import Foundation

/// Writes a zip archive of stored entries, each aligned as PyTorch aligns its own.
///
/// Sizes are always written in the zip64 form, as PyTorch does: one path for small and large.
struct ZipWriter {
  private struct Record {
    let name: Data
    let checksum: UInt32
    let size: UInt64
    let offset: UInt64
  }

  /// The alignment of storages that `torch.load(mmap=True)` needs.
  private static let alignment = 64
  /// 1980-01-01, the first date of the format: so equal content gives an equal file.
  private static let date: UInt16 = 0x21
  private static let version: UInt16 = 45
  private static let utf8Flag: UInt16 = 1 << 11
  private static let paddingIdentifier: UInt16 = 0x4246

  private var records: [Record] = []

  mutating func add(
    _ name: String, _ content: Data, to output: inout FileWriter
  ) throws(TensorFileError) {
    let record = Record(
      name: Data(name.utf8), checksum: Self.checksum(content), size: UInt64(content.count),
      offset: UInt64(output.offset))
    records.append(record)

    let extra64Length = 20
    let paddingHeader = 4
    let unpadded =
      output.offset + ZipLayout.localLength + record.name.count + extra64Length + paddingHeader
    let padding = (Self.alignment - unpadded % Self.alignment) % Self.alignment

    var header = Data()
    header.append(littleEndian: ZipLayout.localSignature)
    header.append(littleEndian: Self.version)
    Self.appendCommonFields(record, to: &header)
    header.append(littleEndian: UInt16(extra64Length + paddingHeader + padding))
    header.append(record.name)
    header.append(littleEndian: ZipLayout.extra64Identifier)
    header.append(littleEndian: UInt16(16))
    header.append(littleEndian: record.size)
    header.append(littleEndian: record.size)
    header.append(littleEndian: Self.paddingIdentifier)
    header.append(littleEndian: UInt16(padding))
    header.append(Data(count: padding))
    try output.write(header)
    try output.write(content)
  }

  func finish(_ output: inout FileWriter) throws(TensorFileError) {
    let start = UInt64(output.offset)
    var directory = Data()
    for record in records {
      directory.append(littleEndian: ZipLayout.centralSignature)
      directory.append(littleEndian: Self.version)
      directory.append(littleEndian: Self.version)
      Self.appendCommonFields(record, to: &directory)
      directory.append(littleEndian: UInt16(28))
      // No comment, disk 0, no attributes.
      directory.append(Data(count: 10))
      directory.append(littleEndian: UInt32.max)
      directory.append(record.name)
      directory.append(littleEndian: ZipLayout.extra64Identifier)
      directory.append(littleEndian: UInt16(24))
      directory.append(littleEndian: record.size)
      directory.append(littleEndian: record.size)
      directory.append(littleEndian: record.offset)
    }
    let length = UInt64(directory.count)

    directory.append(littleEndian: ZipLayout.end64Signature)
    directory.append(littleEndian: UInt64(ZipLayout.end64Length - 12))
    directory.append(littleEndian: Self.version)
    directory.append(littleEndian: Self.version)
    directory.append(Data(count: 8))
    directory.append(littleEndian: UInt64(records.count))
    directory.append(littleEndian: UInt64(records.count))
    directory.append(littleEndian: length)
    directory.append(littleEndian: start)

    directory.append(littleEndian: ZipLayout.locator64Signature)
    directory.append(Data(count: 4))
    directory.append(littleEndian: start + length)
    directory.append(littleEndian: UInt32(1))

    directory.append(littleEndian: ZipLayout.endSignature)
    directory.append(Data(count: 4))
    directory.append(littleEndian: UInt16.max)
    directory.append(littleEndian: UInt16.max)
    directory.append(littleEndian: UInt32.max)
    directory.append(littleEndian: UInt32.max)
    directory.append(Data(count: 2))
    try output.write(directory)
  }

  /// The fields that local and central headers share, from the flags to the name's length.
  private static func appendCommonFields(_ record: Record, to header: inout Data) {
    header.append(littleEndian: utf8Flag)
    header.append(littleEndian: UInt16(0))
    header.append(littleEndian: UInt16(0))
    header.append(littleEndian: date)
    header.append(littleEndian: record.checksum)
    header.append(littleEndian: UInt32.max)
    header.append(littleEndian: UInt32.max)
    header.append(littleEndian: UInt16(record.name.count))
  }

  private static func checksum(_ content: Data) -> UInt32 {
    content.withUnsafeBytes { buffer in
      let start = buffer.bindMemory(to: UInt8.self).baseAddress
      return UInt32(truncatingIfNeeded: crc32_z(0, start, buffer.count))
    }
  }
}

extension Data {
  mutating func append<Integer: FixedWidthInteger>(littleEndian value: Integer) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}

import CDeflate

/// The chunks of a PNG file: what comes before the image data, and these data in one piece.
struct PNGParts {
  /// The types of chunks, four letters each.
  static let imageDataType: UInt32 = 0x4944_4154
  static let endType: UInt32 = 0x4945_4E44

  /// The signature and all chunks before the image data.
  let head: UnsafeRawBufferPointer
  /// The compressed image data.
  let imageData: [UInt8]

  /// The parts of a file that begins with PNG's signature; nil where a chunk does not agree with its checksum, or none
  /// follows the image data.
  init?(_ file: UnsafeRawBufferPointer) {
    var headEnd: Int?
    var data: [UInt8] = []
    var offset = 8
    while offset + 12 <= file.count {
      let length = Int(Self.word(file, offset))
      let type = Self.word(file, offset + 4)
      guard length <= file.count - offset - 12 else { return nil }
      let isImageData = type == Self.imageDataType
      if !isImageData, headEnd != nil { break }
      let checked = UnsafeRawBufferPointer(rebasing: file[(offset + 4)..<(offset + 8 + length)])
      guard
        libdeflate_crc32(0, checked.baseAddress, checked.count)
          == Self.word(file, offset + 8 + length)
      else { return nil }
      if isImageData {
        if headEnd == nil {
          headEnd = offset
          data.reserveCapacity(file.count - offset)
        }
        data.append(contentsOf: checked.dropFirst(4))
      }
      offset += 12 + length
    }
    guard let headEnd, offset + 12 <= file.count else { return nil }
    head = UnsafeRawBufferPointer(rebasing: file[..<headEnd])
    imageData = data
  }

  private static func word(_ file: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
    UInt32(bigEndian: file.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}

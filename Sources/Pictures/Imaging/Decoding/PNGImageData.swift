import CDeflate

/// The image data of PNG files, decompressed: rows with the byte before each that names its filter.
///
/// Decompression is most of the work of reading a PNG. libdeflate is more than twice as fast as the zlib that libspng uses,
/// but it needs all of the data at once.
package enum PNGImageData {
  /// The types of chunks, four letters each.
  private static let imageDataType: UInt32 = 0x4944_4154

  /// The image data of a file that begins with PNG's signature.
  ///
  /// - Parameter byteCount: the size of the decompressed data, known from the header.
  /// - Returns: nil for a file that is damaged or unusual in any way; libspng then decides about it.
  package static func decompressed(
    _ file: UnsafeRawBufferPointer, byteCount: Int
  ) -> [UInt8]? {
    guard byteCount > 0, byteCount < 1 << 30, let compressed = compressed(file),
      let decompressor = libdeflate_alloc_decompressor()
    else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var isDone = false
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
      // This fails unless the data fill the buffer exactly and agree with their checksum.
      isDone =
        libdeflate_zlib_decompress(
          decompressor, compressed, compressed.count, output.baseAddress, byteCount, nil)
        == LIBDEFLATE_SUCCESS
      count = isDone ? byteCount : 0
    }
    return isDone ? bytes : nil
  }

  /// The data of all chunks of image data in one piece; nil if a chunk up to them does not agree with its checksum, or no
  /// chunk follows them.
  private static func compressed(_ file: UnsafeRawBufferPointer) -> [UInt8]? {
    var data: [UInt8]?
    var offset = 8
    while offset + 12 <= file.count {
      let length = Int(word(file, offset))
      let isImageData = word(file, offset + 4) == imageDataType
      guard length <= file.count - offset - 12 else { return nil }
      if !isImageData, let data { return data }
      let checked = UnsafeRawBufferPointer(rebasing: file[(offset + 4)..<(offset + 8 + length)])
      guard
        libdeflate_crc32(0, checked.baseAddress, checked.count) == word(file, offset + 8 + length)
      else { return nil }
      if isImageData {
        if data == nil {
          data = []
          data?.reserveCapacity(file.count - offset)
        }
        data?.append(contentsOf: UnsafeRawBufferPointer(rebasing: checked[4...]))
      }
      offset += 12 + length
    }
    return nil
  }

  private static func word(_ file: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
    UInt32(bigEndian: file.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}

import CDeflate

/// A PNG file with its image data stored instead of compressed.
///
/// libspng decompresses with zlib, which is most of the work of reading a PNG. libdeflate is more than twice as fast, but
/// takes only data that is there as a whole. So it goes first, and libspng gets the same file with the data in blocks that
/// zlib has merely to copy.
package enum StoredPNG {
  /// The most bytes of a stored block, and the bytes before them.
  private static let blockLength = 65_535
  private static let blockOverhead = 5

  /// The file rewritten; the checksums behind the image data are 0 in it, because they are checked here.
  ///
  /// - Parameter imageBytes: the decompressed data, known from the header.
  /// - Returns: nil for a file that is damaged or unusual in any way, which libspng is to judge itself.
  package static func rewritten(_ file: UnsafeRawBufferPointer, imageBytes: Int) -> [UInt8]? {
    guard imageBytes > 0, imageBytes < 1 << 30, let parts = PNGParts(file) else { return nil }
    let blocks = (imageBytes + blockLength - 1) / blockLength
    // Length and type of the chunk, then two bytes that say what the data are compressed with.
    let blocksStart = parts.head.count + 8 + 2
    let blocksEnd = blocksStart + blocks * blockOverhead + imageBytes
    // The checksums of the data and of the chunk, and the chunk that ends the file.
    let count = blocksEnd + 4 + 4 + 12
    var isDecompressed = false
    let rewritten = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let output = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count])
      let image = UnsafeMutableRawBufferPointer(
        rebasing: output[(blocksEnd - imageBytes)..<blocksEnd])
      guard decompress(parts.imageData, into: image) else { return }
      isDecompressed = true
      spread(image, inBlocksFrom: blocksStart, of: output)
      output.copyMemory(from: parts.head)
      let dataBytes = UInt32(blocksEnd + 4 - parts.head.count - 8)
      output.storeBytes(of: dataBytes.bigEndian, toByteOffset: parts.head.count, as: UInt32.self)
      output.storeBytes(
        of: PNGParts.imageDataType.bigEndian, toByteOffset: parts.head.count + 4, as: UInt32.self)
      output[blocksStart - 2] = 0x78
      output[blocksStart - 1] = 0x01
      for index in blocksEnd..<count { output[index] = 0 }
      output.storeBytes(
        of: PNGParts.endType.bigEndian, toByteOffset: count - 8, as: UInt32.self)
      initializedCount = count
    }
    return isDecompressed ? rewritten : nil
  }

  /// Whether the data fill the buffer exactly and agree with their checksum.
  private static func decompress(
    _ data: [UInt8], into image: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard let decompressor = libdeflate_alloc_decompressor() else { return false }
    defer { libdeflate_free_decompressor(decompressor) }
    return libdeflate_zlib_decompress(
      decompressor, data, data.count, image.baseAddress, image.count, nil)
      == LIBDEFLATE_SUCCESS
  }

  /// Moves the image at the end of a range apart into blocks from the range's start on, each behind its header.
  private static func spread(
    _ image: UnsafeMutableRawBufferPointer, inBlocksFrom start: Int,
    of output: UnsafeMutableRawBufferPointer
  ) {
    var header = start
    for first in stride(from: 0, to: image.count, by: blockLength) {
      let length = min(blockLength, image.count - first)
      let block = UnsafeRawBufferPointer(rebasing: image[first..<(first + length)])
      let place = header + blockOverhead
      // No block moves further back than where the next one lies.
      UnsafeMutableRawBufferPointer(rebasing: output[place..<(place + length)])
        .copyMemory(from: block)
      output[header] = first + length == image.count ? 1 : 0
      let size = UInt16(length)
      output.storeBytes(of: size.littleEndian, toByteOffset: header + 1, as: UInt16.self)
      output.storeBytes(of: (~size).littleEndian, toByteOffset: header + 3, as: UInt16.self)
      header = place + length
    }
  }
}

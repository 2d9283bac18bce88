import CDeflate

/// PNG files after a mutation, with repaired checksums: otherwise wrong checksums would stop almost every mutated file early.
enum RepairedPNG {
  /// - Parameter holdsRows: whether to treat the image data as rows that are not compressed yet, and to repeat them until
  ///   there are as many as the header requires.
  static func repaired(_ file: [UInt8], holdsRows: Bool) -> [UInt8]? {
    guard file.count > 33 else { return nil }
    var result = Array(file[..<8])
    var offset = 8
    while offset + 12 <= file.count {
      let length = min(word(file, offset), file.count - offset - 12)
      let type = Array(file[(offset + 4)..<(offset + 8)])
      var content = Array(file[(offset + 8)..<(offset + 8 + length)])
      if holdsRows, type == Array("IDAT".utf8) {
        content = compressed(rows(of: content, byteCount: rowBytes(file)))
      }
      let checked = type + content
      result += bytes(UInt32(content.count)) + checked
      result += bytes(libdeflate_crc32(0, checked, checked.count))
      offset += 12 + length
    }
    return result
  }

  /// The bytes of all rows of a picture without interlacing, some thousand at most.
  private static func rowBytes(_ file: [UInt8]) -> Int {
    let (width, height) = (min(word(file, 16), 4096), min(word(file, 20), 4096))
    let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][Int(file[25])] ?? 1
    let row = 1 + (width * samples * Int(file[24]) + 7) / 8
    return min(row * height, 1 << 12)
  }

  private static func rows(of content: [UInt8], byteCount: Int) -> [UInt8] {
    content.isEmpty ? [] : (0..<byteCount).map { content[$0 % content.count] }
  }

  private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    guard let compressor = libdeflate_alloc_compressor(1) else { return [] }
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_zlib_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      count = libdeflate_zlib_compress(
        compressor, bytes, bytes.count, output.baseAddress, output.count)
    }
  }

  private static func word(_ file: [UInt8], _ offset: Int) -> Int {
    file[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

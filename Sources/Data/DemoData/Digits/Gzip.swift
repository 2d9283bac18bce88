import CZlib
import FileInput

/// Files compressed by gzip (RFC 1952), through zlib.
package enum Gzip {
  /// The bytes that a file decompresses to.
  ///
  /// - Parameter limit: the most bytes there may be; a small file can decompress to terabytes.
  /// - Throws: `GzipError`, naming the file.
  package static func read(_ path: String, limit: Int) throws(GzipError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(RegularFile.Refusal) {
      // What does not shrink grows by less than a thousandth, and a head.
      bytes = try RegularFile.bytes(of: path, limit: limit + limit / 1000 + 1024)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    return try decompress(bytes, limit: limit, path: path)
  }

  /// What compressed bytes decompress to, all their members one after the other.
  ///
  /// - Parameter path: the file they are of, for errors.
  package static func decompress(
    _ compressed: [UInt8], limit: Int, path: String
  ) throws(GzipError) -> [UInt8] {
    // zlib remembers where the stream lies, so it must not move.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 16 more than the window's bits: gzip's head and checksum, nothing else.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .corrupt(path: path, reason: "zlib cannot start") }
    defer { inflateEnd(stream) }
    var input = compressed
    var output: [UInt8] = []
    let result = input.withUnsafeMutableBufferPointer { buffer in
      stream.pointee.next_in = buffer.baseAddress
      stream.pointee.avail_in = UInt32(clamping: buffer.count)
      return inflateAll(stream, into: &output, limit: limit)
    }
    switch result {
    case Z_STREAM_END: return output
    case Z_OK: throw .tooLarge(path: path, limit: limit)
    case Z_BUF_ERROR: throw .truncated(path: path)
    default:
      throw .corrupt(
        path: path, reason: stream.pointee.msg.map { String(cString: $0) } ?? "no gzip data")
    }
  }

  /// Decompresses to the end of the last member.
  /// - Returns: zlib's code: `Z_STREAM_END`, an error, or `Z_OK` where there is more than `limit`.
  private static func inflateAll(
    _ stream: UnsafeMutablePointer<z_stream>, into output: inout [UInt8], limit: Int
  ) -> Int32 {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let (status, written) = piece.withUnsafeMutableBufferPointer { buffer in
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = UInt32(buffer.count)
        let status = inflate(stream, Z_NO_FLUSH)
        return (status, buffer.count - Int(stream.pointee.avail_out))
      }
      output += piece[..<written]
      if output.count > limit { return Z_OK }
      switch status {
      case Z_OK: continue
      case Z_STREAM_END where stream.pointee.avail_in > 0:
        // Another member follows.
        inflateReset(stream)
      default: return status
      }
    }
  }
}

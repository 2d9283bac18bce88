import CZlib
import FileInput
import Foundation

/// Files compressed by gzip (RFC 1952), through zlib.
package enum Gzip {
  /// The decompressed bytes of a file, all its members one after the other.
  ///
  /// - Parameter limit: the largest allowed number of bytes; a small file can decompress to terabytes.
  /// - Throws: `GzipError`, naming the file.
  package static func read(_ path: String, limit: Int) throws(GzipError) -> [UInt8] {
    let compressed: [UInt8]
    do throws(RegularFile.Refusal) {
      // zlib would wait for ever on a pipe. Incompressible data grow by less than a thousandth, plus a header.
      compressed = try RegularFile.bytes(of: path, limit: limit + limit / 1000 + 1024)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    guard let file = gzopen(path, "rb") else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { gzclose_r(file) }
    // zlib would return uncompressed data unchanged.
    let isCompressed = gzdirect(file) == 0
    try check(file, path: path)
    guard isCompressed else { throw notGzip(path) }
    var output: [UInt8] = []
    let pieceSize = 1 << 16
    var piece = [UInt8](repeating: 0, count: pieceSize)
    while case let count = Int(gzread(file, &piece, UInt32(pieceSize))), count > 0 {
      output += piece[..<count]
      if output.count > limit { throw .tooLarge(path: path, limit: limit) }
    }
    try check(file, path: path)
    try checkEnd(compressed.suffix(8), of: path, output)
    return output
  }

  /// - Throws: the reason why zlib could not read the file to its end.
  private static func check(_ file: gzFile, path: String) throws(GzipError) {
    var status = Z_OK
    // zlib puts the name of the file before its message.
    let reason = gzerror(file, &status).map {
      String(cString: $0).replacing("\(path): ", with: "", maxReplacements: 1)
    }
    switch status {
    case Z_OK, Z_STREAM_END: return
    case Z_BUF_ERROR: throw .truncated(path: path)
    case Z_ERRNO: throw .unreadable(path: path, reason: reason ?? "")
    default: throw .corrupt(path: path, reason: reason ?? "")
    }
  }

  /// Checks that a file ends with the checksum and the size of its last member: zlib ignores anything else that
  /// follows, even members whose header is damaged.
  private static func checkEnd(
    _ end: ArraySlice<UInt8>, of path: String, _ output: [UInt8]
  ) throws(GzipError) {
    let (checksum, size) = (number(end.prefix(4)), number(end.suffix(4)))
    let member = output.suffix(size)
    let found = Array(member).withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    guard end.count == 8, member.count == size, Int(found) == checksum else {
      throw .corrupt(path: path, reason: "something else follows its data")
    }
  }

  /// The value of little-endian bytes.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The error for a file that does not begin like a gzip file: it has at most one byte, or is something else.
  private static func notGzip(_ path: String) -> GzipError {
    let bytes = (try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))?.prefix(
      2)
    return bytes?.isEmpty ?? false || bytes == Data([0x1f])
      ? .truncated(path: path) : .corrupt(path: path, reason: "incorrect header check")
  }
}

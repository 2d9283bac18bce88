/// A hash that is always the same: in all runs, on all machines and with all versions of Swift.
///
/// FNV-1a of 64 bits (Fowler, Noll and Vo). Swift's own `Hasher` has a new seed in every process, so it
/// cannot be used for anything that must stay the same, such as a split of a data set.
package enum StableHash {
  /// The hash of nothing.
  package static let start: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The hash of bytes, or of those before, which have the hash `before`, and these.
  package static func fnv1a(_ bytes: some Sequence<UInt8>, after before: UInt64 = start) -> UInt64 {
    bytes.reduce(before) { hash, byte in next(hash, UInt64(byte)) }
  }

  /// The same over little-endian words of 64 bits, and single bytes at the end: another hash, for large amounts of bytes.
  package static func fnv1a(
    wordsOf bytes: UnsafeRawBufferPointer, after before: UInt64 = start
  ) -> UInt64 {
    let words = bytes.count / 8
    let hash = (0..<words).reduce(before) { hash, word in
      next(
        hash,
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self)))
    }
    return fnv1a(bytes[(8 * words)...], after: hash)
  }

  private static func next(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    (hash ^ value) &* 0x0000_0100_0000_01b3
  }

  /// The hash of a text's UTF-8 bytes.
  package static func fnv1a(_ text: String) -> UInt64 { fnv1a(text.utf8) }
}

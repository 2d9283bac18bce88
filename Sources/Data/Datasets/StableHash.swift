/// A hash that is always the same: in all runs, on all machines and with all versions of Swift.
///
/// FNV-1a of 64 bits (Fowler, Noll and Vo). Swift's own `Hasher` has a new seed in every process, so it
/// cannot be used for anything that must stay the same, such as a split of a data set.
package enum StableHash {
  /// The hash of bytes.
  package static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }

  /// The hash of a text's UTF-8 bytes.
  package static func fnv1a(_ text: String) -> UInt64 { fnv1a(text.utf8) }
}

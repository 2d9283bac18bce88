/// Random words that depend only on a seed and a purpose, so that the order of threads never changes a result.
///
/// SplitMix64 (Steele et al. 2014) started from a hash of the address.
public struct AddressedGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The words for a purpose under a seed.
  public init(seed: UInt64, for purpose: RandomPurpose) {
    let (epoch, sample, view) = purpose.address
    state = 0
    for part in [
      seed, UInt64(bitPattern: Int64(epoch)), UInt64(bitPattern: Int64(sample)),
      UInt64(bitPattern: Int64(view)),
    ] {
      state ^= part
      state = next()
    }
  }

  /// The next word.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

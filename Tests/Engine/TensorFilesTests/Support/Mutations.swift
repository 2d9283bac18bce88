import Foundation

/// Broken variants of a good file, the same in every run.
struct Mutations: Sequence, IteratorProtocol {
  private let original: Data
  private var remaining: Int
  private var state: UInt64

  init(of original: Data, count: Int, seed: UInt64) {
    self.original = original
    remaining = count
    state = seed
  }

  mutating func next() -> Data? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    var file = original
    let place = random(below: file.count)
    switch random(below: 4) {
    case 0:
      for _ in 0...random(below: 4) { file[random(below: file.count)] ^= 1 << random(below: 8) }
    case 1:
      file = file.prefix(place)
    case 2:
      // A count, offset or length of the largest or a negative value.
      let width = [1, 2, 4, 8][random(below: 4)]
      let last: UInt8 = [0xFF, 0x7F, 0x80][random(below: 3)]
      for index in place..<Swift.min(place + width, file.count) { file[index] = 0xFF }
      file[Swift.min(place + width, file.count) - 1] = last
    default:
      // A piece of the file in another place.
      let source = random(below: file.count)
      let count = Swift.min(random(below: 64), file.count - Swift.max(source, place))
      file.replaceSubrange(place..<place + count, with: original[source..<source + count])
    }
    return file
  }

  /// SplitMix64: the tests need the same numbers everywhere, not good ones.
  private mutating func random(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(bound))
  }
}

/// Tar archives after a mutation, with repaired sums of their headers: otherwise wrong sums would stop almost every one early.
enum RepairedTar {
  /// Every block that begins with a byte other than 0 is taken for a header.
  static func repaired(_ file: [UInt8]) -> [UInt8] {
    var result = file
    for start in stride(from: 0, through: file.count - 512, by: 512) where file[start] != 0 {
      let field = start + 148..<start + 156
      result.replaceSubrange(field, with: repeatElement(UInt8(ascii: " "), count: 8))
      let sum = result[start..<start + 512].reduce(0) { $0 + Int($1) }
      let digits = String(sum, radix: 8)
      let zeros = String(repeating: "0", count: 6 - digits.count)
      result.replaceSubrange(field, with: Array((zeros + digits + "\u{0} ").utf8))
    }
    return result
  }
}

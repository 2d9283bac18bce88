import Foundation

/// The archives that a path with ranges in braces stands for: `renders-{000000..000127}.tar`.
struct ShardPattern {
  /// The largest number of archives.
  private static let maximumCount = 100_000

  /// Their paths, the last range counting fastest; the path itself where it has no range or is that of a file.
  let paths: [String]

  /// - Throws: `DatasetError.badShardPattern` for a range that counts down, or too many archives.
  init(_ path: String) throws(DatasetError) {
    if FileManager.default.fileExists(atPath: path) {
      paths = [path]
      return
    }
    var paths = [""]
    var rest = path[...]
    while let match = rest.firstMatch(of: /\{([0-9]+)\.\.([0-9]+)\}/) {
      guard let first = Int(match.1), let last = Int(match.2), first <= last,
        last - first < Self.maximumCount / paths.count
      else {
        throw .badShardPattern(path: path, range: String(match.0), limit: Self.maximumCount)
      }
      let isPadded = match.1.hasPrefix("0") && match.1.count > 1 || match.2.hasPrefix("0")
      let width = isPadded ? max(match.1.count, match.2.count) : 1
      let head = rest[..<match.range.lowerBound]
      paths = paths.flatMap { start in
        (first...last).map { number in
          let digits = String(number)
          let zeros = String(repeating: "0", count: max(0, width - digits.count))
          return "\(start)\(head)\(zeros)\(digits)"
        }
      }
      rest = rest[match.range.upperBound...]
    }
    self.paths = paths.map { "\($0)\(rest)" }
  }
}

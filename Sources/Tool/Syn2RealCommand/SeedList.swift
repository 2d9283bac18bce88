import ArgumentParsing
import Foundation

/// Seeds as `--seeds` names them: numbers and ranges, separated by commas, such as `0-7,11`.
struct SeedList {
  /// The most seeds of one range: more are a slip of the keyboard.
  private static let largestRange = 10_000

  /// The seeds in their order, each once.
  let values: [UInt64]

  /// Reads a list.
  /// - Throws: `ValidationError`.
  init(_ text: String) throws {
    var values: [UInt64] = []
    for part in text.commaSeparated {
      guard let range = Self.range(part) else {
        throw ValidationError(
          "--seeds takes whole numbers and ranges such as 0-7, separated by commas, not '\(text)'.")
      }
      for seed in range {
        guard !values.contains(seed) else {
          throw ValidationError("--seeds names \(seed) twice: a seed gives one run.")
        }
        values.append(seed)
      }
    }
    self.values = values
  }

  private static func range(_ text: String) -> ClosedRange<UInt64>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { UInt64($0.trimmingCharacters(in: .whitespaces)) }
    guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
      first <= last, last - first < largestRange
    else { return nil }
    return first...last
  }
}

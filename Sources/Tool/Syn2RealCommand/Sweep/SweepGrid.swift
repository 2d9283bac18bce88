import Analysis
import ArgumentParsing
import Datasets
import Foundation
import Imaging

/// The values that a sweep tries, as `--grid` names them: `method.lambda=0.05,0.2,1`, or `optimizer.lr=0.001..0.1` to draw from.
struct SweepGrid {
  /// The most trials of a grid: more are a slip of the keyboard.
  private static let largestCount = 10_000

  private enum Values {
    case list([String])
    case range(ClosedRange<Double>, isWhole: Bool)
  }

  private let axes: [(key: String, values: Values)]

  /// Reads the values of each key.
  /// - Throws: `ValidationError`.
  init(_ texts: [String]) throws {
    var axes: [(key: String, values: Values)] = []
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let values = Self.values(parts[1]) else {
        throw ValidationError(
          "--grid takes a key with values, such as method.lambda=0.05,0.2 or optimizer.lr=0.001..0.1, not '\(text)'."
        )
      }
      guard !axes.contains(where: { $0.key == parts[0] }) else {
        throw ValidationError("--grid names \(parts[0]) twice: give all its values at once.")
      }
      axes.append((parts[0], values))
    }
    guard !axes.isEmpty else { throw ValidationError("a sweep needs values to try: add --grid.") }
    self.axes = axes
  }

  /// All combinations of the values, the last key's changing first.
  /// - Throws: `ValidationError` where a key has a range, or there are too many.
  func combinations() throws -> [[SweepRecord.Setting]] {
    var combinations: [[SweepRecord.Setting]] = [[]]
    for (key, values) in axes {
      guard case .list(let list) = values else {
        throw ValidationError("the values of \(key) are a range, to be drawn from: add --random.")
      }
      guard combinations.count * list.count <= Self.largestCount else {
        throw ValidationError(
          "--grid has more than \(Self.largestCount) combinations: add --random to draw some.")
      }
      combinations = combinations.flatMap { known in
        list.map { known + [SweepRecord.Setting(key: key, value: $0)] }
      }
    }
    return combinations
  }

  /// `count` different combinations drawn at random, fewer where there are no more: values of a list are equally likely, those
  /// of a range on a logarithmic scale where it is above 0.
  func draws(_ count: Int, seed: UInt64) -> [[SweepRecord.Setting]] {
    var draws: [[SweepRecord.Setting]] = []
    // Enough tries to meet rare combinations; a list of few values has no more to give.
    for number in 0..<max(1000, 100 * count) where draws.count < count {
      var generator = AddressedGenerator(seed: seed, for: .sweepTrial(number: number))
      let draw = axes.map { key, values in
        SweepRecord.Setting(key: key, value: Self.value(values, using: &generator))
      }
      if !draws.contains(draw) { draws.append(draw) }
    }
    return draws
  }

  private static func value(_ values: Values, using generator: inout AddressedGenerator) -> String {
    switch values {
    case .list(let list): return list[generator.nextInteger(below: list.count)]
    case .range(let range, let isWhole):
      let share = generator.nextUnitDouble()
      let value =
        range.lowerBound > 0
        ? range.lowerBound * pow(range.upperBound / range.lowerBound, share)
        : range.lowerBound + share * (range.upperBound - range.lowerBound)
      if isWhole { return "\(Int(value.rounded()))" }
      // Fewer digits are easier to read, but may round to a value beyond the range.
      let rounded = Double(String(format: "%.6g", value)) ?? value
      return "\(min(max(rounded, range.lowerBound), range.upperBound))"
    }
  }

  private static func values(_ text: String) -> Values? {
    let ends = text.components(separatedBy: "..")
    if ends.count == 2, let low = Double(ends[0]), let high = Double(ends[1]) {
      guard low < high, abs(low) < 1e15, abs(high) < 1e15 else { return nil }
      return .range(low...high, isWhole: Int(ends[0]) != nil && Int(ends[1]) != nil)
    }
    let list = parts(text).map { $0.trimmingCharacters(in: .whitespaces) }
    return list.contains("") || Set(list).count < list.count ? nil : .list(list)
  }

  /// The text between commas that stand in no brackets: a value may be a list.
  private static func parts(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      depth += "[{".contains(character) ? 1 : "]}".contains(character) ? -1 : 0
      if character == ",", depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}

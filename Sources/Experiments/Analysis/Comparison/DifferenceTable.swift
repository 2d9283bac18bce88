import Runs
import Tables

/// The differences of a comparison with their statistics, as a second table, and what they say in sentences.
struct DifferenceTable {
  private let differences: [SystemDifference]

  /// The table of differences; each is shown only if it is of several pairs.
  init(_ differences: [SystemDifference]) {
    self.differences = differences
  }

  /// What the columns mean, in one sentence; nil where no difference is of several pairs.
  var head: String? {
    guard let first = differences.first, !rows.isEmpty else { return nil }
    let correction = systemCount > 1 ? ", p by Holm's correction for \(systemCount) systems" : ""
    return
      "Differences from \(first.baseline) in points: mean, 95 % confidence intervals (Student's t over seeds; bootstrap over "
      + "seeds and images), seeds of that sign, p of the exact permutation test\(correction)\(hasEnergies ? "; of the energy, mean and interval by seeds" : "")."
  }

  /// The names of the columns; the first two hold words.
  var columns: [String] {
    ["method", "images", "mean", "by seeds", "by seeds and images", "same sign", "p"]
      + (systemCount > 1 ? ["p, Holm"] : []) + (hasEnergies ? ["HSE 0"] : [])
  }

  /// One row for each system and data set.
  var rows: [[String]] {
    differences.filter { $0.figures.count > 1 }.map { difference in
      let figures = difference.figures
      return [
        difference.system, difference.images, SystemDifference.signedPoints(figures.mean),
        figures.interval.map(SystemDifference.points) ?? "–",
        difference.bootstrap.map(SystemDifference.points) ?? "–",
        "\(figures.sameSign) of \(figures.count)",
        figures.pValue.map(SystemDifference.probability) ?? "–",
      ]
        + (systemCount > 1
          ? [difference.correctedPValue.map(SystemDifference.probability) ?? "–"] : [])
        + (hasEnergies ? [difference.energy?.text ?? "–"] : [])
    }
  }

  /// What the differences say: a sentence for each that is shown, and one for the others of each data set.
  var statements: [String] {
    guard let first = differences.first else { return [] }
    guard !rows.isEmpty else {
      return ["One seed says nothing of the spread: differences have no interval and no test."]
    }
    var statements: [String] = []
    for dataset in differences.map(\.dataset).uniqued {
      let here = differences.filter { $0.dataset == dataset && $0.figures.count > 1 }
      statements += here.filter(\.isShown).map(\.sentence)
      let others = here.filter { !$0.isShown }
      if others.count == 1 {
        statements += others.map(\.sentence)
      } else if let one = others.first {
        statements.append(
          "\(others.map(\.system).listed) are not distinguishable from \(first.baseline) on \(one.images) with these seeds."
        )
      }
      statements += here.compactMap { difference in
        guard let energy = difference.energy, energy.isShown else { return nil }
        return energy.sentence(difference.system, difference.baseline, on: difference.images)
      }
    }
    return statements + limit
  }

  /// How many seeds it takes to show anything, where there are fewer.
  private var limit: [String] {
    let most = differences.map(\.figures.count).max() ?? 0
    let smallest = Self.smallestProbability(seeds: most, systems: systemCount)
    guard smallest > SystemDifference.level else { return [] }
    let needed = (most...).first {
      Self.smallestProbability(seeds: $0, systems: systemCount) <= SystemDifference.level
    }
    return [
      "With \(most) seeds no p\(systemCount > 1 ? " after the correction" : "") is below "
        + "\(SystemDifference.probability(smallest)), whatever the runs show: at least \(needed ?? most) are needed to show a "
        + "difference at \(SystemDifference.level)."
    ]
  }

  /// The smallest corrected p-value of some systems with so many seeds: two of all assignments of signs are as far from 0 as
  /// differences of one sign.
  private static func smallestProbability(seeds: Int, systems: Int) -> Double {
    var probability = 2.0 * Double(max(systems, 1))
    for _ in 0..<seeds { probability /= 2 }
    return min(1, probability)
  }

  private var hasEnergies: Bool { differences.contains { $0.energy != nil } }

  private var systemCount: Int { differences.map(\.system).uniqued.count }

  /// The table as comma-separated values, differences in percentage points.
  var csv: String {
    func points(_ value: Double?) -> String { value.map { "\(100 * $0)" } ?? "" }
    let head = [
      "method", "baseline", "images", "mean", "low", "high", "bootstrap low", "bootstrap high",
      "same sign", "seeds", "p", "p Holm", "HSE 0", "HSE 0 low", "HSE 0 high",
    ]
    let lines = differences.map { difference in
      let figures = difference.figures
      return [
        difference.system, difference.baseline, difference.images, points(figures.mean),
        points(figures.interval?.lowerBound), points(figures.interval?.upperBound),
        points(difference.bootstrap?.lowerBound), points(difference.bootstrap?.upperBound),
        "\(figures.sameSign)", "\(figures.count)", figures.pValue.map { "\($0)" } ?? "",
        difference.correctedPValue.map { "\($0)" } ?? "",
      ]
        + [
          difference.energy?.figures.mean, difference.energy?.figures.interval?.lowerBound,
          difference.energy?.figures.interval?.upperBound,
        ].map { value in value.map { "\($0)" } ?? "" }
    }
    return CommaSeparated.text([head] + lines)
  }
}

extension [String] {
  /// `a, b and c`.
  fileprivate var listed: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + (last ?? "")
  }
}

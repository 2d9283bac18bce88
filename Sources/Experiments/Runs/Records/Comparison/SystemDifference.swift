import Foundation

/// How a system differs from the first of a comparison on a data set, over runs with the same seed. Figures are of the main
/// figure, in [−1, 1].
public struct SystemDifference: Sendable, Codable, Equatable {
  /// The largest corrected p-value of a difference that counts as shown.
  public static let level = 0.05

  /// The system.
  public let system: String
  /// The system that it is compared with.
  public let baseline: String
  /// The data set's path.
  public let dataset: String
  /// The data set's name in the table.
  public let images: String
  /// The seeds of the pairs of runs.
  public let seeds: [UInt64]
  /// The difference of each pair, in the same order.
  public let differences: [Double]
  /// What these differences say.
  public let figures: PairedDifference
  /// The 95 % interval of the bootstrap over seeds and images; nil where the predictions of a run are not kept, and
  /// for a single pair.
  public let bootstrap: ClosedRange<Double>?
  /// The p-value by Holm's correction over all systems that are compared on the data set.
  public let correctedPValue: Double?
  /// How the energy of the features differs; nil where a run has none.
  public let energy: EnergyDifference?

  private enum CodingKeys: String, CodingKey {
    case system
    case baseline
    case dataset
    case images
    case seeds
    case differences
    case figures
    case bootstrap
    case correctedPValue = "p_holm"
    case energy
  }

  /// A difference.
  package init(
    system: String, baseline: String, dataset: String, images: String, seeds: [UInt64],
    differences: [Double], figures: PairedDifference, bootstrap: ClosedRange<Double>?,
    correctedPValue: Double?, energy: EnergyDifference?
  ) {
    self.system = system
    self.baseline = baseline
    self.dataset = dataset
    self.images = images
    self.seeds = seeds
    self.differences = differences
    self.figures = figures
    self.bootstrap = bootstrap
    self.correctedPValue = correctedPValue
    self.energy = energy
  }

  /// Whether the systems differ at the level of 0.05.
  public var isShown: Bool { correctedPValue.map { $0 <= Self.level } ?? false }

  /// What the difference says, in a sentence.
  public var sentence: String {
    let mean = Self.points(abs(figures.mean))
    guard let interval = figures.interval else {
      return "\(system) is \(direction) than \(baseline) on \(images) by \(mean) points with one "
        + "seed, which says nothing of the spread."
    }
    let figures = [
      "95 % confidence interval \(Self.points(interval))",
      "\(direction) with \(figures.sameSign) of \(figures.count) seeds",
      correctedPValue.map { "p = \(Self.probability($0))" },
    ]
    let details = figures.compactMap(\.self).joined(separator: ", ")
    return isShown
      ? "\(system) is \(direction) than \(baseline) on \(images) by \(mean) points (\(details))."
      : "\(system) is not distinguishable from \(baseline) on \(images) with these seeds "
        + "(\(Self.signedPoints(self.figures.mean)) points, \(details))."
  }

  private var direction: String { figures.mean < 0 ? "lower" : "higher" }

  /// A difference in percentage points with its sign.
  package static func signedPoints(_ value: Double) -> String {
    String(format: "%+.1f", 100 * value)
  }

  /// An interval in percentage points.
  package static func points(_ interval: ClosedRange<Double>) -> String {
    "\(signedPoints(interval.lowerBound)) to \(signedPoints(interval.upperBound))"
  }

  /// A probability with three digits, or as a power of ten.
  package static func probability(_ value: Double) -> String {
    String(format: value < 0.001 ? "%.1e" : "%.3f", value)
  }

  private static func points(_ value: Double) -> String { String(format: "%.1f", 100 * value) }
}

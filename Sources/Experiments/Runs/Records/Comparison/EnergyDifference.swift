import Foundation

/// How the hyperspherical energy (HSE) of power 0 of a system's features differs from that of another system's on the same
/// images, over runs with the same seed. Below 0 its features are the more diverse ones.
public struct EnergyDifference: Sendable, Codable, Equatable {
  /// The difference of each pair of runs, in the order of their seeds.
  public let differences: [Double]
  /// What these differences say.
  public let figures: PairedDifference
  /// The p-value by Holm's correction over all systems that are compared on the data set.
  public let correctedPValue: Double?

  private enum CodingKeys: String, CodingKey {
    case differences
    case figures
    case correctedPValue = "p_holm"
  }

  /// A difference.
  package init(differences: [Double], figures: PairedDifference, correctedPValue: Double?) {
    self.differences = differences
    self.figures = figures
    self.correctedPValue = correctedPValue
  }

  /// Whether the systems differ at the level of `SystemDifference.level`.
  public var isShown: Bool { correctedPValue.map { $0 <= SystemDifference.level } ?? false }

  /// What a difference that is shown says, in a sentence.
  /// - Parameters:
  ///   - system: The system.
  ///   - baseline: The one that it is compared with.
  ///   - images: The name of the images.
  package func sentence(_ system: String, _ baseline: String, on images: String) -> String {
    let isLower = figures.mean < 0
    let direction = isLower ? "lower" : "higher"
    let details = [
      figures.interval.map { "95 % confidence interval \(Self.text($0))" },
      "\(direction) with \(figures.sameSign) of \(figures.count) seeds",
      correctedPValue.map { "p = \(SystemDifference.probability($0))" },
    ]
    let size = String(format: "%.3f", abs(figures.mean))
    return
      "The features of \(system) on \(images) are \(isLower ? "more" : "less") diverse than those of \(baseline): HSE 0 is "
      + "\(direction) by \(size) (\(details.compactMap(\.self).joined(separator: ", ")))."
  }

  /// The mean with its interval, for a table.
  package var text: String {
    Self.signed(figures.mean) + (figures.interval.map { " (\(Self.text($0)))" } ?? "")
  }

  private static func signed(_ value: Double) -> String { String(format: "%+.3f", value) }

  private static func text(_ interval: ClosedRange<Double>) -> String {
    "\(signed(interval.lowerBound)) to \(signed(interval.upperBound))"
  }
}

import Foundation
import Runs

/// The line that shows how far a run is.
package struct ProgressLine {
  private let done: Int
  private let total: Int
  private let losses: StepLosses
  private let imagesPerSecond: Double
  private let secondsLeft: Double

  /// The line after `done` of `total` steps.
  package init(
    done: Int, total: Int, losses: StepLosses, imagesPerSecond: Double, secondsLeft: Double
  ) {
    self.done = done
    self.total = total
    self.losses = losses
    self.imagesPerSecond = imagesPerSecond
    self.secondsLeft = secondsLeft
  }

  /// The line for a terminal of `columns`; nil for any width.
  ///
  /// A line that fills the last column would make the terminal scroll. Where there is not enough room, first the bar is left
  /// out, then the terms of the loss; what is still too long is cut off.
  package func text(columns: Int?, hasBar: Bool) -> String {
    let full = line(hasBar: hasBar, hasTerms: true)
    guard let columns, full.count >= columns else { return full }
    let shorter = [line(hasBar: false, hasTerms: true), line(hasBar: hasBar, hasTerms: false)]
      .first { $0.count < columns }
    return shorter
      ?? String(line(hasBar: false, hasTerms: false).prefix(max(columns - 1, 0)))
  }

  private func line(hasBar: Bool, hasTerms: Bool) -> String {
    let terms = losses.summands.map { "\($0.name) \(number($0.value))" }.joined(separator: ", ")
    return [
      "\(hasBar ? bar : "")\(done)/\(total)",
      "loss \(number(losses.total))\(hasTerms ? " (\(terms))" : "")",
      "\(Int(imagesPerSecond)) images/s",
      "\(Self.time(secondsLeft)) left",
    ].joined(separator: "  ")
  }

  private var bar: String {
    let filled = 20 * done / max(1, total)
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: 20 - filled) + "] "
  }

  private func number(_ value: Double) -> String { String(format: "%.4f", value) }

  /// A time in minutes and seconds.
  static func time(_ seconds: Double) -> String {
    // The remaining time of an extremely long run may be more than an integer can count.
    let whole = Int(min(max(seconds, 0), 1e12).rounded())
    return String(format: "%d:%02d", whole / 60, whole % 60)
  }
}

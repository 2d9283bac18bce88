import Foundation

/// A comparison as it is written to `comparison.json`.
public struct ComparisonRecord: Sendable, Codable, Equatable {
  /// The final figures of every run, in the order of the table's systems.
  public let runs: [RunResults]
  /// How every system but the first differs from the first, data set by data set.
  public let differences: [SystemDifference]
  /// What the differences say, in sentences.
  public let statements: [String]

  /// A comparison.
  package init(runs: [RunResults], differences: [SystemDifference], statements: [String]) {
    self.runs = runs
    self.differences = differences
    self.statements = statements
  }

  /// The record as JSON.
  public func json() throws -> String {
    String(decoding: try JSONFormat.document(self), as: UTF8.self)
  }
}

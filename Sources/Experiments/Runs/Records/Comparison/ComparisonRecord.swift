import FileInput
import Foundation
import Messages

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

  /// The record in the folder of a comparison; nil where there is none.
  /// - Throws: `TrainingError.damagedResults`.
  package init?(in folder: RunFolder) throws(TrainingError) {
    let path = folder.comparison
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      self = try JSONFormat.decode(ComparisonRecord.self, from: RunFolder.content(of: path))
    } catch let refusal as RegularFile.Refusal {
      throw .damagedResults(path: path, reason: "\(refusal)")
    } catch {
      throw .damagedResults(path: path, reason: decodingReason(of: error))
    }
  }

  /// The record as JSON.
  public func json() throws -> String {
    String(decoding: try JSONFormat.document(self), as: UTF8.self)
  }
}

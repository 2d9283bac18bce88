import FileInput
import Foundation
import Messages

extension RunFolder {
  /// Enough for one line per step over millions of steps; there is a limit because files are read into memory whole.
  private static let maximumByteCount = 1 << 31

  /// The bytes of one of the folder's files. A pipe under its name is refused, not waited for.
  package static func content(of file: String) throws(RegularFile.Refusal) -> Data {
    Data(try RegularFile.bytes(of: file, limit: maximumByteCount))
  }

  /// The figures of the finished run in this folder; nil where no run was finished.
  /// - Throws: `TrainingError.damagedResults`.
  package func finishedResults() throws -> RunResults? {
    guard FileManager.default.fileExists(atPath: results) else { return nil }
    do {
      return try JSONFormat.decode(RunResults.self, from: Self.content(of: results))
    } catch let refusal as RegularFile.Refusal {
      throw TrainingError.damagedResults(path: results, reason: "\(refusal)")
    } catch {
      throw TrainingError.damagedResults(path: results, reason: decodingReason(of: error))
    }
  }
}

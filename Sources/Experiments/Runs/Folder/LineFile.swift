import Files
import Foundation

/// A file of JSON lines that stays readable after every line, even if the process is killed.
package final class LineFile {
  private let file: AppendingFile

  /// Replaces the file at `path` by one with `lines`; new lines are appended after them.
  package init(_ path: String, lines: [Data]) throws {
    let newline = Data("\n".utf8)
    do {
      file = try AppendingFile(
        replacing: path, beginningWith: lines.reduce(into: Data()) { $0 += $1 + newline })
    } catch {
      throw TrainingError(error)
    }
  }

  /// Appends a value as one line, in a single write.
  package func append(_ value: some Encodable) throws {
    let line = try JSONFormat.line(value)
    do {
      try file.append([UInt8](line))
    } catch {
      throw TrainingError(error)
    }
  }

  /// Waits until all lines are on the disk.
  package func synchronize() throws {
    do {
      try file.synchronize()
    } catch {
      throw TrainingError(error)
    }
  }
}

import Files
import Foundation

/// A file of JSON lines that is readable after every line, whatever happens to the process.
package final class LineFile {
  private let file: AppendingFile

  /// Puts a file of `lines` in the place of the one at `path`, to go on after them.
  package init(_ path: String, lines: [Data]) throws {
    let newline = Data("\n".utf8)
    do {
      file = try AppendingFile(
        replacing: path, beginningWith: lines.reduce(into: Data()) { $0 += $1 + newline })
    } catch {
      throw TrainingError(error)
    }
  }

  /// Appends a value as one line, written at once.
  package func append(_ value: some Encodable) throws {
    let line = try JSONFormat.line(value)
    do {
      try file.append([UInt8](line))
    } catch {
      throw TrainingError(error)
    }
  }

  /// Waits until the disk has all lines.
  package func synchronize() throws {
    do {
      try file.synchronize()
    } catch {
      throw TrainingError(error)
    }
  }
}

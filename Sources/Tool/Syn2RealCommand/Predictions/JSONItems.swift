import Foundation
import Runs

/// A JSON document with a list that is written item by item.
final class JSONItems {
  private var count = 0

  /// Writes the members before the list, and the list's beginning.
  func begin(_ head: some Encodable) throws {
    let text = String(decoding: try JSONFormat.text(head), as: UTF8.self)
    try StandardOutput.write(text.dropLast() + ",\"predictions\":[")
  }

  /// Writes one item of the list on its own line.
  func add(_ item: some Encodable) throws {
    let text = String(decoding: try JSONFormat.text(item), as: UTF8.self)
    try StandardOutput.write((count == 0 ? "\n" : ",\n") + text)
    count += 1
  }

  /// Ends the list and the document.
  func end(_ failures: PredictionFailures) throws {
    let failed = String(decoding: try JSONFormat.text(failures.files), as: UTF8.self)
    try StandardOutput.write("\n],\"failed\":\(failed)}\n")
  }
}

import FileInput
import Foundation

/// The lines of a file with one JSON value per line; some may be damaged.
package struct JSONLines<Value: Decodable> {
  /// The values of the lines that could be read, in order.
  package private(set) var lines: [(text: Data, value: Value)] = []
  /// The numbers, from 1, of the lines that could not be read: a killed process, a full disk or a text editor may have left
  /// them.
  package private(set) var damagedLines: [Int] = []
  /// What is wrong with the file; nil where nothing is.
  package let damage: String?

  /// Reads a file; a missing file has no lines.
  package init(contentsOf path: String) {
    let isThere = FileManager.default.fileExists(atPath: path)
    do {
      self.init(isThere ? try RunFolder.content(of: path) : Data(), of: path)
    } catch {
      self.init(damage: "\(path) cannot be read (\(error))")
    }
  }

  private init(damage: String) {
    self.damage = damage
  }

  /// Reads the content of the file at `path`.
  package init(_ content: Data, of path: String) {
    var damaged: [Int] = []
    for (index, line) in content.split(separator: UInt8(ascii: "\n")).enumerated() {
      let text = Data(line)
      if let value = try? JSONFormat.decode(Value.self, from: text) {
        lines.append((text, value))
      } else {
        damaged.append(index + 1)
      }
    }
    damagedLines = damaged
    damage = damaged.first.map { first in
      let others = damaged.count > 1 ? ", nor are \(damaged.count - 1) others" : ""
      return "line \(first) of \(path) is not whole\(others)"
    }
  }
}

import Foundation

/// The lines of a file with one JSON value per line; some may be damaged.
package struct JSONLines<Value: Decodable> {
  /// The values of the lines that could be read, in order.
  package private(set) var lines: [(text: Data, value: Value)] = []
  /// What is wrong with the other lines, which a killed process, a full disk or a text editor may have left; nil where there
  /// are none.
  package let damage: String?

  /// Reads a file; a missing file has no lines.
  package init(contentsOf path: String) {
    var damaged: [Int] = []
    let content = FileManager.default.contents(atPath: path) ?? Data()
    for (index, line) in content.split(separator: UInt8(ascii: "\n")).enumerated() {
      let text = Data(line)
      if let value = try? JSONFormat.decode(Value.self, from: text) {
        lines.append((text, value))
      } else {
        damaged.append(index + 1)
      }
    }
    damage = damaged.first.map { first in
      let others = damaged.count > 1 ? ", nor are \(damaged.count - 1) others" : ""
      return "line \(first) of \(path) is not whole\(others)"
    }
  }
}

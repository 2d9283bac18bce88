import Foundation

/// The lines of a file of JSON values, as they are found.
package struct JSONLines<Value: Decodable> {
  /// Those that hold a value, in order.
  package private(set) var lines: [(text: Data, value: Value)] = []
  /// What is wrong with the others, which a killed process, a full disk or a person's editor has left; nil where
  /// there are none.
  package let damage: String?

  /// Reads a file; one that is not there has no lines.
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

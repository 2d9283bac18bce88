import Foundation

/// The lines that a job writes on standard error: passed on under its name, and the last one kept.
struct JobLines {
  private let name: String
  private var unfinished = Data()
  private var lastLine = "it said nothing"

  /// The lines of the job `name`.
  init(of name: String) {
    self.name = name
  }

  /// The last line, without the `Error:` of a command.
  var last: String {
    lastLine.hasPrefix("Error: ") ? String(lastLine.dropFirst("Error: ".count)) : lastLine
  }

  /// Passes on what has been read; a line that is not whole yet waits for its end.
  mutating func add(_ bytes: Data) {
    let parts = (unfinished + bytes)
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    unfinished = Data(parts.last ?? Data())
    for part in parts.dropLast() where !part.isEmpty {
      lastLine = String(decoding: part, as: UTF8.self)
      StandardError.write("\(name): \(lastLine)")
    }
  }
}

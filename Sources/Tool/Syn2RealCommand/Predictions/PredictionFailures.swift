import ArgumentParsing

/// The pictures that could not be judged.
struct PredictionFailures {
  /// A file with the reason.
  struct File: Encodable {
    let file: String
    let reason: String
  }

  /// How many paths the last sentence names.
  private static let namedPaths = 6

  /// The files that could not be judged.
  private(set) var files: [File] = []
  /// The folders and lists that gave no pictures.
  private var sources = 0

  /// Says at once what is wrong; `path` is nil for a folder or list.
  mutating func add(_ reason: String, of path: String?) {
    StandardError.write("Error: \(reason)")
    if let path { files.append(File(file: path, reason: reason)) } else { sources += 1 }
  }

  /// Ends the command with a sentence and its exit code if there were any.
  func finish(of total: Int) throws {
    if !files.isEmpty {
      let named = files.prefix(Self.namedPaths).map(\.file).joined(separator: ", ")
      let rest = files.count - Self.namedPaths
      StandardError.write(
        "Error: \(files.count) of \(total) pictures could not be judged: \(named)"
          + (rest > 0 ? " and \(rest) more" : ""))
    }
    if !files.isEmpty || sources > 0 { throw ExitCode.failure }
  }
}

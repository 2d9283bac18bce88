import Foundation

/// A folder while it is being filled.
struct PartialFolder: Sendable {
  let url: URL

  /// The path of a file inside.
  func path(_ relativePath: String) -> String {
    url.appendingPathComponent(relativePath).path
  }

  /// Makes a folder inside, and those around it.
  func makeFolder(_ relativePath: String) throws(FolderError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path(relativePath), withIntermediateDirectories: true)
    } catch {
      throw FolderError(path: path(relativePath), error)
    }
  }

  /// Writes a text file inside.
  func write(_ text: String, to relativePath: String) throws(FolderError) {
    do {
      try text.write(toFile: path(relativePath), atomically: false, encoding: .utf8)
    } catch {
      throw FolderError(path: path(relativePath), error)
    }
  }
}

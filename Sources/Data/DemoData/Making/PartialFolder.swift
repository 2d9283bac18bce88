import Files
import Foundation

/// A folder while it is being filled.
struct PartialFolder: Sendable {
  let url: URL
  /// The file system through which it is written, also by other threads.
  let system: FileSystem

  /// The path of a file inside.
  func path(_ relativePath: String) -> String {
    url.appendingPathComponent(relativePath).path
  }

  /// Makes a folder inside, and the folders around it.
  func makeFolder(_ relativePath: String) throws(FolderError) {
    do {
      try system.createFolder(path(relativePath))
    } catch {
      throw FolderError(error)
    }
  }

  /// Writes a text file inside.
  func write(_ text: String, to relativePath: String) throws(FolderError) {
    do {
      try system.replace(path(relativePath), with: text.utf8, durably: false)
    } catch {
      throw FolderError(error)
    }
  }
}

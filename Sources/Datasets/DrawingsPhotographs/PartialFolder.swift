import Foundation
import Messages

/// A folder while it is being filled.
struct PartialFolder: Sendable {
  let url: URL

  /// The path of a file inside.
  func path(_ relativePath: String) -> String {
    url.appendingPathComponent(relativePath).path
  }

  /// Makes a folder inside, and those around it.
  func makeFolder(_ relativePath: String) throws(DrawingsPhotographs.MakingError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path(relativePath), withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path(relativePath), error)
    }
  }

  /// Writes a text file inside.
  func write(_ text: String, to relativePath: String) throws(DrawingsPhotographs.MakingError) {
    do {
      try text.write(toFile: path(relativePath), atomically: false, encoding: .utf8)
    } catch {
      throw .unwritable(path: path(relativePath), error)
    }
  }
}

extension DrawingsPhotographs.MakingError {
  /// With the system's reason for an error of Foundation.
  static func unwritable(path: String, _ error: any Error) -> Self {
    .unwritable(path: path, reason: systemReason(of: error))
  }
}

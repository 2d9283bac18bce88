import Foundation
import Imaging

/// A folder for one test, removed with the last reference to it.
package final class TemporaryFolder: Sendable {
  package let url: URL
  package var path: String { url.path }

  package convenience init() throws {
    try self.init(
      at: FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString))
  }

  package init(at url: URL) throws {
    self.url = url
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  package func path(_ relativePath: String) -> String {
    url.appendingPathComponent(relativePath).path
  }

  /// Writes a file, making the folders around it.
  package func write(_ data: Data, to relativePath: String) throws {
    let file = url.appendingPathComponent(relativePath)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// Writes a picture as PNG, making the folders around it.
  package func write(_ image: Image, to relativePath: String) throws {
    try write(Data(), to: relativePath)
    try image.writePNG(to: path(relativePath))
  }

  /// The relative paths of all files, ordered.
  package func files(below relativePath: String = "") -> [String] {
    let names = FileManager.default.enumerator(atPath: path(relativePath))?.allObjects ?? []
    return names.compactMap { $0 as? String }
      .filter { URL(fileURLWithPath: path(relativePath)).appendingPathComponent($0).isFile }
      .sorted()
  }
}

extension URL {
  fileprivate var isFile: Bool {
    (try? resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
  }
}

import Foundation

/// A folder that appears complete or not at all.
struct OutputFolder: Sendable {
  let url: URL
  /// As it was named by whoever wants it.
  let path: String

  init(_ path: String) {
    self.path = path
    url = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
  }

  /// Whether there is no such folder, or an empty one.
  var isFree: Bool {
    if !FileManager.default.fileExists(atPath: url.path) { return true }
    return (try? FileManager.default.contentsOfDirectory(atPath: url.path))?.isEmpty == true
  }

  /// Fills a new folder beside this one and puts it in this one's place.
  ///
  /// - Throws: What `fill` throws, and `FolderError.unwritable`; this folder is then as it was before.
  func fill(_ fill: (PartialFolder) throws -> Void) throws {
    let partial = PartialFolder(url: beside("partial"))
    defer { try? FileManager.default.removeItem(at: partial.url) }
    do {
      try FileManager.default.createDirectory(at: partial.url, withIntermediateDirectories: true)
    } catch {
      throw FolderError(path: url.path, error)
    }
    try fill(partial)
    // What is renamed must be on the disk first; else a machine that fails leaves a whole folder of empty files.
    sync()
    do {
      try putInPlace(partial.url)
    } catch {
      throw FolderError(path: url.path, error)
    }
  }

  private func putInPlace(_ finished: URL) throws {
    let files = FileManager.default
    let former = beside("former")
    if files.fileExists(atPath: url.path) { try files.moveItem(at: url, to: former) }
    do {
      try files.moveItem(at: finished, to: url)
    } catch {
      try? files.moveItem(at: former, to: url)
      throw error
    }
    try? files.removeItem(at: former)
  }

  /// A name of this process's own, so that two at work do not meet.
  private func beside(_ suffix: String) -> URL {
    let name = "\(url.lastPathComponent).\(suffix)-\(ProcessInfo.processInfo.processIdentifier)"
    return url.deletingLastPathComponent().appendingPathComponent(name)
  }
}

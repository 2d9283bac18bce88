import Datasets
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
  /// A former set is deleted where it holds nothing but what was made, by its own list. What killed processes left beside
  /// this folder is removed.
  /// - Throws: What `fill` throws, and `FolderError`; this folder is then as it was before.
  func fill(_ fill: (PartialFolder) throws -> Void) throws {
    try requireReplaceable(url)
    removeLeftovers("partial")
    let partial = PartialFolder(url: beside("partial"))
    // Should this fail, so does what follows, with the better reason.
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    do {
      try FileManager.default.createDirectory(
        at: partial.url, withIntermediateDirectories: false)
    } catch {
      throw FolderError(path: url.path, error)
    }
    defer { try? FileManager.default.removeItem(at: partial.url) }
    guard let lock = MakerLock(of: partial.url, beginningList: true) else {
      throw FolderError.unwritable(
        path: partial.url.path, reason: String(cString: strerror(errno)))
    }
    try fill(partial)
    do {
      try lock.write(MadeFiles(in: partial.url))
    } catch {
      throw FolderError(path: url.path, error)
    }
    // What is renamed must be on the disk first; else a machine that fails leaves a whole folder of empty files.
    sync()
    try putInPlace(partial.url)
    removeLeftovers("former")
  }

  private func putInPlace(_ finished: URL) throws {
    let files = FileManager.default
    let former = beside("former")
    do {
      if files.fileExists(atPath: url.path) { try files.moveItem(at: url, to: former) }
      do {
        // Again, since much can be put into a folder while another is filled.
        try requireReplaceable(former)
        try files.moveItem(at: finished, to: url)
      } catch {
        try? files.moveItem(at: former, to: url)
        throw error
      }
    } catch {
      throw error as? FolderError ?? FolderError(path: url.path, error)
    }
    try? files.removeItem(at: former)
  }

  /// Checks that a folder holds nothing but what was made, if it is there.
  private func requireReplaceable(_ folder: URL) throws(FolderError) {
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    do {
      guard let made = MadeFiles(listedIn: folder) else {
        if try FolderListing(of: folder.path).isEmpty { return }
        throw FolderError.unlisted(folder: path)
      }
      guard let name = try made.firstForeign(in: folder) else { return }
      throw FolderError.foreign(folder: path, name: name)
    } catch {
      throw error as? FolderError ?? FolderError(path: path, error)
    }
  }

  /// Removes the folders beside this one that processes left which were killed: those with a list that nobody holds, and
  /// with nothing in them but what was made.
  private func removeLeftovers(_ suffix: String) {
    let parent = url.deletingLastPathComponent()
    let prefix = "\(url.lastPathComponent).\(suffix)-"
    for name in (try? FolderListing(of: parent.path))?.names ?? []
    where name.hasPrefix(prefix) && Int32(name.dropFirst(prefix.count)) != nil {
      let folder = parent.appendingPathComponent(name)
      guard let lock = MakerLock(of: folder, beginningList: false),
        let made = MadeFiles(listedIn: folder)
      else { continue }
      // Until a folder is full its list is empty.
      if made.isEmpty || (try? made.firstForeign(in: folder) == nil) == true {
        try? FileManager.default.removeItem(at: folder)
      }
      withExtendedLifetime(lock) {}
    }
  }

  /// A name of this process's own, so that two at work do not meet.
  private func beside(_ suffix: String) -> URL {
    let name = "\(url.lastPathComponent).\(suffix)-\(ProcessInfo.processInfo.processIdentifier)"
    return url.deletingLastPathComponent().appendingPathComponent(name)
  }
}

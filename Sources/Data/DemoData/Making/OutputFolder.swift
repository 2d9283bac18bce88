import Datasets
import Files
import Foundation

/// A folder that appears complete or not at all.
struct OutputFolder: Sendable {
  let url: URL
  /// The path as the caller named it.
  let path: String

  init(_ path: String) {
    self.path = path
    url = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
  }

  /// Whether the folder does not exist or is empty.
  var isFree: Bool {
    if !FileManager.default.fileExists(atPath: url.path) { return true }
    return (try? FileManager.default.contentsOfDirectory(atPath: url.path))?.isEmpty == true
  }

  /// Fills a new folder beside this one and then replaces this one by it.
  ///
  /// A former set is deleted if it holds only files that its own list names.
  /// - Throws: What `fill` throws, and `FolderError`; this folder is then as it was before.
  func fill(_ fill: (PartialFolder) throws -> Void) throws {
    try requireReplaceable(url, named: path)
    let system = FileSystem.current
    let lock = try attempt { () throws(FileError) in
      try system.createFolder(url.deletingLastPathComponent().path)
      return try FileLock(lockPath, in: system)
    }
    defer { withExtendedLifetime(lock) {} }
    let partial = PartialFolder(url: beside(".partial"), system: system)
    try tidyUp(system)
    try attempt { () throws(FileError) in
      try system.createFolder(partial.url.path)
      // An empty list distinguishes a folder that a killed process leaves from folders of the user.
      try system.replace(partial.path(MadeFiles.fileName), with: "".utf8)
    }
    do {
      try fill(partial)
      let list = try MadeFiles(in: partial.url).text
      try attempt { () throws(FileError) in
        // Files must be on the disk before they are listed and renamed; else a failing machine could leave empty files.
        try system.synchronize(partial.url.path)
        try system.replace(partial.path(MadeFiles.fileName), with: list.utf8)
      }
      try putInPlace(partial.url, system)
    } catch {
      try? system.remove(partial.url.path)
      throw error
    }
  }

  /// Removes what a killed process left beside this folder, and puts back what it had moved away. Does nothing if there is
  /// no such thing, or if another process is working on the folder.
  func recover() {
    let litter = [lockPath, beside(".partial").path, beside(".former").path]
    guard litter.contains(where: exists), let lock = try? FileLock(lockPath) else { return }
    try? tidyUp(.current)
    withExtendedLifetime(lock) {}
  }

  private func putInPlace(_ finished: URL, _ system: FileSystem) throws(FolderError) {
    let former = beside(".former")
    let isReplacing = exists(url.path)
    if isReplacing {
      try attempt { () throws(FileError) in try system.rename(url.path, to: former.path) }
    }
    do {
      // This is checked again, since files can be added to the folder while the new one is filled.
      if isReplacing { try requireReplaceable(former, named: path) }
      try attempt { () throws(FileError) in try system.rename(finished.path, to: url.path) }
    } catch {
      if isReplacing { try? system.rename(former.path, to: url.path) }
      throw error
    }
    if isReplacing { try? remove(former, system) }
  }

  /// Removes what a killed process left, and puts back the former set if the new one is not in its place.
  private func tidyUp(_ system: FileSystem) throws(FolderError) {
    let (partial, former) = (beside(".partial"), beside(".former"))
    // A folder of the user's may have this name too; it has no list.
    if MadeFiles(listedIn: former) != nil, !exists(url.path) {
      try attempt { () throws(FileError) in try system.rename(former.path, to: url.path) }
    }
    for folder in [partial, former] where exists(folder.path) {
      try attempt { () throws(FileError) in try system.removeLitter(in: folder.path) }
      if MadeFiles(listedIn: folder)?.isEmpty != true {
        try requireReplaceable(folder, named: folder.path)
      }
      try attempt { () throws(FileError) in try remove(folder, system) }
    }
  }

  /// Removes a made set, and its list last: if the process is killed, the list still says which files were made.
  private func remove(_ folder: URL, _ system: FileSystem) throws(FileError) {
    for name in try system.names(in: folder.path) where name != MadeFiles.fileName {
      try system.remove("\(folder.path)/\(name)")
    }
    try system.remove(folder.path)
  }

  /// Checks that a folder, if it exists, holds only what was made.
  private func requireReplaceable(_ folder: URL, named path: String) throws(FolderError) {
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

  private func attempt<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(FolderError) -> Result {
    do throws(FileError) {
      return try body()
    } catch {
      if case .lock(let owner) = error.operation { throw .inUse(folder: path, owner: owner) }
      throw .unwritable(path: url.path, reason: error.reason)
    }
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private var lockPath: String {
    url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).lock").path
  }

  /// A path beside this folder, which the lock protects from other processes.
  private func beside(_ suffix: String) -> URL {
    url.deletingLastPathComponent().appendingPathComponent(url.lastPathComponent + suffix)
  }
}

import Files
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
  /// - Throws: What `fill` throws, `FolderError.inUse` and `.unwritable`; this folder is then as it was before.
  func fill(_ fill: (PartialFolder) throws -> Void) throws {
    let system = FileSystem.current
    let lock = try attempt { () throws(FileError) in
      try system.createFolder(url.deletingLastPathComponent().path)
      return try FileLock(lockPath, in: system)
    }
    defer { withExtendedLifetime(lock) {} }
    let partial = PartialFolder(url: URL(fileURLWithPath: beside(".partial")), system: system)
    try attempt { () throws(FileError) in
      try tidyUp(system)
      try system.createFolder(partial.url.path)
    }
    do {
      try fill(partial)
      try attempt { () throws(FileError) in
        // What is renamed must be on the disk first; else a machine that fails leaves a whole folder of empty files.
        try system.synchronize(partial.url.path)
        try putInPlace(partial.url.path, system)
      }
    } catch {
      try? system.remove(partial.url.path)
      throw error
    }
  }

  /// Removes what a killed process left beside this folder, and puts back what it had moved away; nothing where there is
  /// no such thing, or where a process is at work.
  func recover() {
    let litter = [lockPath, beside(".partial"), beside(".former")] + abandoned
    guard litter.contains(where: exists), let lock = try? FileLock(lockPath) else { return }
    try? tidyUp(.current)
    withExtendedLifetime(lock) {}
  }

  private func putInPlace(_ finished: String, _ system: FileSystem) throws(FileError) {
    let former = beside(".former")
    if exists(url.path) { try system.rename(url.path, to: former) }
    do throws(FileError) {
      try system.rename(finished, to: url.path)
    } catch {
      try? system.rename(former, to: url.path)
      throw error
    }
    try? system.remove(former)
  }

  private func tidyUp(_ system: FileSystem) throws(FileError) {
    if exists(beside(".former")) {
      if exists(url.path) {
        try system.remove(beside(".former"))
      } else {
        try system.rename(beside(".former"), to: url.path)
      }
    }
    for path in [beside(".partial")] + abandoned where exists(path) { try system.remove(path) }
  }

  /// What processes of earlier versions have left, which had their number in the name.
  private var abandoned: [String] {
    let parent = url.deletingLastPathComponent().path
    let prefix = "\(url.lastPathComponent).partial-"
    return ((try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []).filter { name in
      guard name.hasPrefix(prefix), let process = pid_t(name.dropFirst(prefix.count)) else {
        return false
      }
      return process > 0 && kill(process, 0) != 0 && errno == ESRCH
    }.map { "\(parent)/\($0)" }
  }

  private func attempt<Result>(_ body: () throws(FileError) -> Result) throws(FolderError) -> Result
  {
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

  /// A name beside this folder's; the lock keeps others from it.
  private func beside(_ suffix: String) -> String {
    url.deletingLastPathComponent().appendingPathComponent(url.lastPathComponent + suffix).path
  }
}

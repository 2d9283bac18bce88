import Foundation

/// The lock that a maker holds on the list of a folder while it fills it; the system takes it back when the process ends,
/// however it ends.
final class MakerLock {
  private let descriptor: Int32

  /// Takes the lock of a folder, whose list is begun where it has none; nil where another process holds it, or where the
  /// folder has no list and none is to be begun.
  init?(of folder: URL, beginningList: Bool) {
    let list = folder.appendingPathComponent(MadeFiles.fileName).path
    // A new list is locked before it has its name: nobody can find it without its lock.
    let path = beginningList ? list + ".new" : list
    descriptor = open(
      path, beginningList ? O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC : O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0,
      !beginningList || rename(path, list) == 0
    else { return nil }
  }

  /// Writes the list.
  func write(_ files: MadeFiles) throws {
    try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      .write(contentsOf: Data(files.text.utf8))
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}

import Files
import Foundation

/// What a disk may still lose: bytes of files, and changes of names.
struct UnsynchronizedChanges {
  private struct Content {
    /// The tests' own descriptor, so that the file stays known after it is renamed.
    let descriptor: Int32
    var durableLength: off_t
  }

  private struct NameChange {
    let folder: String
    let undo: () -> Void
  }

  private struct FileNumber: Hashable {
    let device: dev_t
    let inode: ino_t
  }

  private var contents: [FileNumber: Content] = [:]
  private var names: [NameChange] = []

  mutating func created(_ file: OpenFile) {
    track(file, durableLength: 0)
    let path = file.path
    change(path) { unlink(path) }
  }

  mutating func opened(_ file: OpenFile) {
    guard let (number, length) = status(file.descriptor), contents[number] == nil else { return }
    track(file, durableLength: length)
  }

  mutating func synchronized(_ descriptor: Int32) {
    guard let (number, length) = status(descriptor) else { return }
    contents[number]?.durableLength = length
  }

  mutating func synchronized(_ path: String) {
    let folder = normalized(path)
    names.removeAll { $0.folder == folder }
    var found = stat()
    guard stat(path, &found) == 0 else { return }
    contents[FileNumber(device: found.st_dev, inode: found.st_ino)]?.durableLength = found.st_size
  }

  mutating func madeFolder(_ path: String) {
    change(path) { try? FileManager.default.removeItem(atPath: path) }
  }

  /// The content of a file that is about to be removed; nil where there is no such file.
  func keep(_ path: String) -> Data? {
    var found = stat()
    guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileManager.default.contents(atPath: path)
  }

  mutating func renamed(_ path: String, to target: String, former: Data?) {
    change(target) {
      Foundation.rename(target, path)
      if let former { _ = FileManager.default.createFile(atPath: target, contents: former) }
    }
  }

  mutating func removed(_ path: String, former: Data?) {
    change(path) {
      if let former {
        _ = FileManager.default.createFile(atPath: path, contents: former)
      } else {
        mkdir(path, 0o777)
      }
    }
  }

  /// Everything is lost.
  mutating func lose() {
    for content in contents.values { ftruncate(content.descriptor, content.durableLength) }
    for change in names.reversed() { change.undo() }
  }

  /// Half of the bytes are lost.
  mutating func tear() {
    for content in contents.values {
      guard let (_, length) = status(content.descriptor) else { continue }
      ftruncate(content.descriptor, (content.durableLength + length) / 2)
    }
  }

  /// Nothing is lost.
  mutating func forget() {
    for content in contents.values { close(content.descriptor) }
    contents = [:]
    names = []
  }

  private mutating func track(_ file: OpenFile, durableLength: off_t) {
    // Not a duplicate: that would share, and so prolong, the lock of the file.
    let descriptor = open(file.path, O_WRONLY | O_CLOEXEC)
    guard let (number, _) = status(descriptor) else { return }
    contents[number] = Content(descriptor: descriptor, durableLength: durableLength)
  }

  private mutating func change(_ path: String, undo: @escaping () -> Void) {
    names.append(
      NameChange(
        folder: normalized((path as NSString).deletingLastPathComponent), undo: undo))
  }

  private func normalized(_ path: String) -> String {
    URL(fileURLWithPath: path.isEmpty ? "." : path).standardizedFileURL.path
  }

  private func status(_ descriptor: Int32) -> (FileNumber, off_t)? {
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { return nil }
    return (FileNumber(device: found.st_dev, inode: found.st_ino), found.st_size)
  }
}

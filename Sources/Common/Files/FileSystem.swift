#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Everything that must last is written through this: completely or not at all, and on the disk when a call returns.
package struct FileSystem: Sendable {
  /// The file system in use. Tests replace it for the code that runs within `$current.withValue`; it must be passed
  /// on to threads that are started there.
  @TaskLocal package static var current = FileSystem(SystemCalls())

  /// The operations of the operating system.
  package let operations: any FileOperations

  /// A file system over `operations`.
  package init(_ operations: any FileOperations) {
    self.operations = operations
  }

  /// Writes a file that holds `bytes` to `path`; a file that is already there is replaced.
  /// - Parameter durably: whether to wait for the disk; false for the many files of a folder that is synchronised as a
  ///   whole.
  /// - Throws: `FileError`; what was there before is then untouched.
  package func replace(
    _ path: String, with bytes: some Collection<UInt8>, durably: Bool = true
  ) throws(FileError) {
    var file = try PendingFile(replacing: path, in: self, durably: durably)
    do throws(FileError) {
      try file.write(bytes)
      try file.commit()
    } catch {
      file.discard()
      throw error
    }
  }

  /// Makes a folder, and the folders around it that do not exist yet.
  package func createFolder(_ path: String) throws(FileError) {
    guard !Self.isFolder(path) else { return }
    let parent = Self.folder(of: path)
    do throws(FileError) {
      if parent != path { try createFolder(parent) }
      try operations.makeFolder(path)
    } catch {
      // Another process may have made it meanwhile.
      guard Self.isFolder(path) else {
        throw FileError(.makeFolder, path: path, code: error.code == EEXIST ? ENOTDIR : error.code)
      }
    }
    try operations.synchronize(parent)
  }

  /// Removes a file, or a folder with everything in it.
  package func remove(_ path: String) throws(FileError) {
    for path in try everything(in: path) { try operations.remove(path) }
  }

  /// Gives a file or folder another name in the same folder; a file that already has this name is replaced.
  package func rename(_ path: String, to target: String) throws(FileError) {
    try operations.rename(path, to: target)
    try operations.synchronize(Self.folder(of: target))
  }

  /// Waits until a folder and everything in it are on the disk.
  package func synchronize(_ path: String) throws(FileError) {
    let paths = try everything(in: path)
    // The disk writes thousands of files faster together than one after the other.
    for path in paths { SystemCalls.beginSynchronizing(path) }
    for path in paths { try operations.synchronize(path) }
  }

  /// The names in a folder that are UTF-8, sorted by their bytes.
  package func names(in path: String) throws(FileError) -> [String] {
    try FolderEntries(of: path).names
  }

  /// Removes the half-written files that killed processes left in a folder; those of running processes stay.
  package func removeLitter(in path: String) throws(FileError) {
    for name in try names(in: path) where PendingFile.isTemporary(name) {
      try operations.removeAbandoned("\(path)/\(name)")
    }
  }

  /// The path of a file, or the paths of everything in a folder, each folder after its contents.
  private func everything(in path: String) throws(FileError) -> [String] {
    guard Self.isFolder(path, followsLinks: false) else { return [path] }
    let entries = try FolderEntries(of: path)
    // No path leads to a name that is no text, so that only a part would be done.
    guard entries.undecodable.isEmpty else { throw FileError(.list, path: path, code: EILSEQ) }
    var paths: [String] = []
    for name in entries.names { paths += try everything(in: "\(path)/\(name)") }
    return paths + [path]
  }

  /// Writes all of the bytes to an open file.
  func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile) throws(FileError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = try operations.write(rest, to: file)
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// The folder that a file or folder is in.
  static func folder(of path: String) -> String {
    let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
    if trimmed.isEmpty { return path.isEmpty ? "." : "/" }
    let parent = trimmed.drop { $0 != UInt8(ascii: "/") }
    if parent.isEmpty { return "." }
    let name = parent.drop { $0 == UInt8(ascii: "/") }
    return name.isEmpty ? "/" : String(decoding: name.reversed(), as: UTF8.self)
  }

  /// Whether a file may take the place of what is at `path`: nothing, a file, or a folder, of which the system says that it cannot.
  static func isReplaceable(_ path: String) -> Bool {
    let proc = "/proc/".utf8.map(CChar.init)
    var target = [CChar](repeating: 0, count: proc.count)
    // Such as /dev/stdout, whatever it leads to at the moment.
    if readlink(path, &target, target.count) == target.count, target == proc { return false }
    return [nil, S_IFREG, S_IFDIR].contains(kind(of: path))
  }

  private static func isFolder(_ path: String, followsLinks: Bool = true) -> Bool {
    kind(of: path, followsLinks: followsLinks) == S_IFDIR
  }

  /// The bits of a file's mode that say what it is; nil where there is none.
  private static func kind(of path: String, followsLinks: Bool = true) -> mode_t? {
    var status = stat()
    let result = followsLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 ? status.st_mode & S_IFMT : nil
  }
}

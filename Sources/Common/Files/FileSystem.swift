#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Everything that is to last is written through this: whole or not at all, and on the disk when a call returns.
package struct FileSystem: Sendable {
  /// The one in use; tests replace it for what runs within `$current.withValue`. Threads begun there have to be
  /// handed it.
  @TaskLocal package static var current = FileSystem(SystemCalls())

  /// What it asks of the operating system.
  package let operations: any FileOperations

  /// A file system over `operations`.
  package init(_ operations: any FileOperations) {
    self.operations = operations
  }

  /// Puts a file with `bytes` in the place of whatever file is at `path`.
  /// - Parameter durably: whether to wait for the disk; not for the many files of a folder that is synchronised as a
  ///   whole.
  /// - Throws: `FileError`; what stood there before is then untouched.
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

  /// Makes a folder and those around it that are not there yet.
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

  /// Gives a file or folder another name in the same folder; a file that has the name is replaced.
  package func rename(_ path: String, to target: String) throws(FileError) {
    try operations.rename(path, to: target)
    try operations.synchronize(Self.folder(of: target))
  }

  /// Waits until the disk has a folder with everything in it.
  package func synchronize(_ path: String) throws(FileError) {
    let paths = try everything(in: path)
    // The disk takes thousands of files at once sooner than one after the other.
    for path in paths { SystemCalls.beginSynchronizing(path) }
    for path in paths { try operations.synchronize(path) }
  }

  /// The names in a folder, sorted.
  package func names(in path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else { throw FileError(.list, path: path, code: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes what killed processes left half-written in a folder; the temporary files of living ones stay.
  package func removeLitter(in path: String) throws(FileError) {
    for name in try names(in: path) where PendingFile.isTemporary(name) {
      try operations.removeAbandoned("\(path)/\(name)")
    }
  }

  /// A file's path, or those of all files in a folder, each folder after what is in it.
  private func everything(in path: String) throws(FileError) -> [String] {
    guard Self.isFolder(path, followsLinks: false) else { return [path] }
    var paths: [String] = []
    for name in try names(in: path) { paths += try everything(in: "\(path)/\(name)") }
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

  private static func isFolder(_ path: String, followsLinks: Bool = true) -> Bool {
    var status = stat()
    let result = followsLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

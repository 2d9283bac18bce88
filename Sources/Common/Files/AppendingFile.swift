/// A file that grows at its end.
package final class AppendingFile {
  /// Where the file is.
  package let path: String
  private let system: FileSystem
  private let file: OpenFile

  /// Puts a file with `beginning` in the place of whatever is at `path`, and opens it.
  /// - Throws: `FileError`; what stood there before is then untouched, or replaced as a whole.
  package init(
    replacing path: String, beginningWith beginning: some Collection<UInt8>,
    in system: FileSystem = .current
  ) throws(FileError) {
    self.path = path
    self.system = system
    try system.replace(path, with: beginning)
    file = try system.operations.openToAppend(path)
  }

  deinit {
    try? system.operations.close(file)
  }

  /// Adds bytes; a process that is killed afterwards has written them, a machine that fails perhaps not.
  package func append(_ bytes: [UInt8]) throws(FileError) {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(FileError) in try system.write(bytes, to: file) }
    }
    try result.get()
  }

  /// Waits until the disk has everything that was added.
  package func synchronize() throws(FileError) {
    try system.operations.synchronize(file)
  }
}

/// A file that grows at its end.
package final class AppendingFile {
  /// Where the file is.
  package let path: String
  private let system: FileSystem
  private let file: OpenFile

  /// Replaces what is at `path` by a file that holds `beginning`, and opens it.
  /// - Throws: `FileError`; what was there before is then either untouched or completely replaced.
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

  /// Adds bytes. They stay if the process is killed afterwards, but may be lost if the machine fails.
  package func append(_ bytes: [UInt8]) throws(FileError) {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(FileError) in try system.write(bytes, to: file) }
    }
    try result.get()
  }

  /// Waits until everything that was added is on the disk.
  package func synchronize() throws(FileError) {
    try system.operations.synchronize(file)
  }
}

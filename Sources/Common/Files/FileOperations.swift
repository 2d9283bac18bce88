/// What the operating system is asked to do to change files.
///
/// Each call is one step that may fail, or may be the last one before the process is killed or the power fails. Tests
/// replace these operations to make each step fail.
package protocol FileOperations: Sendable {
  /// Makes a file, which must not exist yet, and opens it for writing; it counts as in use while it is open.
  func create(_ path: String) throws(FileError) -> OpenFile
  /// Opens an existing file for writing at its end.
  func openToAppend(_ path: String) throws(FileError) -> OpenFile
  /// Writes some of the bytes, from the first on, and returns how many.
  func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile) throws(FileError) -> Int
  /// Waits until everything that was written to the file is on the disk.
  func synchronize(_ file: OpenFile) throws(FileError)
  /// Closes the file.
  func close(_ file: OpenFile) throws(FileError)
  /// Gives a file or folder another name; a file that already has this name is replaced.
  func rename(_ path: String, to target: String) throws(FileError)
  /// Removes a file or an empty folder.
  func remove(_ path: String) throws(FileError)
  /// Removes a file unless some process has it in use.
  func removeAbandoned(_ path: String) throws(FileError)
  /// Makes a folder inside an existing one.
  func makeFolder(_ path: String) throws(FileError)
  /// Waits until the file's bytes, or the names in the folder, are on the disk.
  func synchronize(_ path: String) throws(FileError)
  /// Opens a file for this process alone, creating it if necessary, and writes the owner into it.
  func lock(_ path: String, owner: String) throws(FileError) -> OpenFile
}

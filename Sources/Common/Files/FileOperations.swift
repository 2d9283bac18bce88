/// What is asked of the operating system to change files.
///
/// Each call is one step that may fail, or be the last before the process is killed or the power goes; tests put
/// something in between that lets each of them do so.
package protocol FileOperations: Sendable {
  /// Makes a file, which must not be there, and opens it for writing; it counts as in use while it is open.
  func create(_ path: String) throws(FileError) -> OpenFile
  /// Opens a file that is there for writing at its end.
  func openToAppend(_ path: String) throws(FileError) -> OpenFile
  /// Writes the first of the bytes, and says how many.
  func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile) throws(FileError) -> Int
  /// Waits until the disk has everything that was written to the file.
  func synchronize(_ file: OpenFile) throws(FileError)
  /// Closes the file.
  func close(_ file: OpenFile) throws(FileError)
  /// Gives a file or folder another name; a file that has the name is replaced.
  func rename(_ path: String, to target: String) throws(FileError)
  /// Removes a file or an empty folder.
  func remove(_ path: String) throws(FileError)
  /// Removes a file unless some process has it in use.
  func removeAbandoned(_ path: String) throws(FileError)
  /// Makes a folder in one that is there.
  func makeFolder(_ path: String) throws(FileError)
  /// Waits until the disk has the file's bytes, or the names in the folder.
  func synchronize(_ path: String) throws(FileError)
  /// Opens a file, made where it is not there, for this process alone, and writes into it whose it is.
  func lock(_ path: String, owner: String) throws(FileError) -> OpenFile
}

/// A file that is open for writing.
package struct OpenFile: Sendable, Equatable {
  /// Its path when it was opened.
  package let path: String
  /// The system's number for it.
  package let descriptor: Int32

  /// A file that the system knows by `descriptor`.
  package init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }
}

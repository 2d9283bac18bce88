import Foundation

/// Tells whether two paths lead to the same file, regardless of links, `..`, and names that a file system treats as equal.
package struct FileIdentity: Hashable {
  private let device: UInt64
  private let number: UInt64

  /// The file or folder that a path leads to; nil where there is none.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }
}

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Keeps other processes out while it lives.
///
/// The operating system releases the lock when the process ends, however it ends.
package final class FileLock: Sendable {
  private let system: FileSystem
  private let file: OpenFile

  /// Takes the lock that the file at `path` stands for, and writes this process and its host into the file.
  /// - Throws: `FileError`; its operation is `lock`, with the owner, where another process holds the lock.
  package init(_ path: String, in system: FileSystem = .current) throws(FileError) {
    self.system = system
    file = try system.operations.lock(path, owner: Self.ownName)
  }

  deinit {
    // While the lock is still held, so that no other process's file is removed.
    try? system.operations.remove(file.path)
    try? system.operations.close(file)
  }

  private static var ownName: String {
    var name = [CChar](repeating: 0, count: 256)
    let host =
      gethostname(&name, name.count - 1) == 0
      ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      : "this machine"
    return "process \(getpid()) on \(host)"
  }
}

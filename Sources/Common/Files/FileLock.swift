#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Keeps other processes out while it lives.
///
/// The operating system itself ends the lock with its process, however that ends.
package final class FileLock: Sendable {
  private let system: FileSystem
  private let file: OpenFile

  /// Takes the lock that the file at `path` stands for; the file names this process and its host.
  /// - Throws: `FileError`, of operation `lock` with its owner where another process has the lock.
  package init(_ path: String, in system: FileSystem = .current) throws(FileError) {
    self.system = system
    file = try system.operations.lock(path, owner: Self.ownName)
  }

  deinit {
    // While the lock still holds, so that nobody else's file goes.
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

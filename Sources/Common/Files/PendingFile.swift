#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that is being written beside the one that it will replace.
///
/// Every pending file must be ended with `commit()` or `discard()`.
package struct PendingFile {
  /// Small pieces are collected into writes of this size.
  private static let capacity = 1 << 20

  /// The number of bytes that were added so far.
  package private(set) var offset = 0

  private let path: String
  private let system: FileSystem
  private let isDurable: Bool
  private let file: OpenFile
  private var isOpen = true
  private var buffer: [UInt8] = []

  /// Begins a file that `commit()` moves to `path`.
  /// - Parameter durably: whether `commit()` waits for the disk.
  /// - Throws: `FileError`, also where a device, a pipe or a socket has that path: a rename would remove it.
  package init(
    replacing path: String, in system: FileSystem = .current, durably: Bool = true
  ) throws(FileError) {
    guard FileSystem.isReplaceable(path) else {
      throw FileError(.replace, path: path, code: EEXIST)
    }
    self.path = path
    self.system = system
    isDurable = durably
    // In the same folder, as a rename does not cross file systems.
    let number = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = "\(FileSystem.folder(of: path))/\(Self.prefix)\(number)\(Self.suffix)"
    do throws(FileError) {
      file = try system.operations.create(temporary)
    } catch {
      throw error.named(path)
    }
  }

  /// Whether a name is one that pending files have.
  static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.hasSuffix(suffix)
  }

  private static let prefix = ".syn2real-"
  private static let suffix = ".part"

  /// Adds bytes at the end.
  package mutating func write(_ bytes: some Collection<UInt8>) throws(FileError) {
    let result = bytes.withContiguousStorageIfAvailable { part in
      Result { () throws(FileError) in try add(UnsafeRawBufferPointer(part)) }
    }
    if let result { return try result.get() }
    try write([UInt8](bytes))
  }

  /// Moves the file to its place.
  package mutating func commit() throws(FileError) {
    try flush()
    do throws(FileError) {
      if isDurable { try system.operations.synchronize(file) }
      // While it is open, so that no process takes it for abandoned.
      try system.operations.rename(file.path, to: path)
      isOpen = false
      try system.operations.close(file)
      if isDurable { try system.operations.synchronize(FileSystem.folder(of: path)) }
    } catch {
      throw error.named(path)
    }
  }

  /// Leaves everything as it was before.
  package mutating func discard() {
    if isOpen { try? system.operations.close(file) }
    isOpen = false
    try? system.operations.remove(file.path)
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    if buffer.count + bytes.count > Self.capacity { try flush() }
    if bytes.count > Self.capacity {
      try put(bytes)
    } else {
      buffer += bytes
    }
    offset += bytes.count
  }

  private mutating func flush() throws(FileError) {
    let result = buffer.withUnsafeBytes { bytes in
      Result { () throws(FileError) in try put(bytes) }
    }
    try result.get()
    buffer.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    do throws(FileError) {
      try system.write(bytes, to: file)
    } catch {
      throw error.named(path)
    }
  }
}

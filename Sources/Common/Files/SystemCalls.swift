#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The operating system itself.
package struct SystemCalls: FileOperations {
  /// The operating system.
  package init() {}

  package func create(_ path: String) throws(FileError) -> OpenFile {
    while true {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw failure(.create, path) }
      // The lock is held while the file is open, so that a process that removes abandoned files knows that the writer
      // is still running, even in another container. On a file system without locks nothing is removed.
      flock(descriptor, LOCK_EX)
      var status = stat()
      if fstat(descriptor, &status) != 0 || status.st_nlink > 0 {
        return OpenFile(path: path, descriptor: descriptor)
      }
      // Another process removed the file between the two calls.
      Self.close(descriptor)
    }
  }

  package func openToAppend(_ path: String) throws(FileError) -> OpenFile {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.open, path) }
    return OpenFile(path: path, descriptor: descriptor)
  }

  package func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile) throws(FileError) -> Int {
    while true {
      let count = Self.write(file.descriptor, bytes)
      if count >= 0 { return count }
      if errno != EINTR { throw failure(.write(remaining: bytes.count), file.path) }
    }
  }

  package func synchronize(_ file: OpenFile) throws(FileError) {
    guard fsync(file.descriptor) == 0 else { throw failure(.synchronize, file.path) }
  }

  package func close(_ file: OpenFile) throws(FileError) {
    guard Self.close(file.descriptor) == 0 else { throw failure(.close, file.path) }
  }

  package func rename(_ path: String, to target: String) throws(FileError) {
    guard Self.rename(path, target) == 0 else { throw failure(.rename, target) }
  }

  package func remove(_ path: String) throws(FileError) {
    guard Self.remove(path) == 0 else { throw failure(.remove, path) }
  }

  package func removeAbandoned(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { Self.close(descriptor) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try remove(path) }
  }

  package func makeFolder(_ path: String) throws(FileError) {
    guard mkdir(path, 0o777) == 0 else { throw failure(.makeFolder, path) }
  }

  package func synchronize(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.synchronize, path) }
    defer { Self.close(descriptor) }
    // Some file systems cannot synchronise folders, and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw failure(.synchronize, path)
    }
  }

  package func lock(_ path: String, owner: String) throws(FileError) -> OpenFile {
    while true {
      // A link or a pipe in the folder of a stranger would have this process write elsewhere.
      let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw failure(errno == ELOOP ? .replace : .create, path) }
      guard Self.isRegular(descriptor) else {
        Self.close(descriptor)
        throw FileError(.replace, path: path, code: EEXIST)
      }
      // On a file system without locks no process is kept out.
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        let other = Self.text(descriptor)
        Self.close(descriptor)
        throw FileError(.lock(owner: other), path: path, code: EWOULDBLOCK)
      }
      // The process that held the lock before may have removed the file that was opened here.
      var (own, named) = (stat(), stat())
      guard fstat(descriptor, &own) == 0, stat(path, &named) == 0, own.st_ino == named.st_ino
      else {
        Self.close(descriptor)
        continue
      }
      ftruncate(descriptor, 0)
      _ = Array(owner.utf8).withUnsafeBytes { Self.write(descriptor, $0) }
      return OpenFile(path: path, descriptor: descriptor)
    }
  }

  /// Lets the disk begin to write a file, without waiting; a failure has no effect.
  static func beginSynchronizing(_ path: String) {
    #if !canImport(Darwin)
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      defer { close(descriptor) }
      _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    #endif
  }

  private func failure(_ operation: FileError.Operation, _ path: String) -> FileError {
    FileError(operation, path: path, code: errno)
  }

  private static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func text(_ descriptor: Int32) -> String? {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }
}

// The system's functions whose names are those of our methods.
extension SystemCalls {
  #if canImport(Darwin)
    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    }
    @discardableResult private static func close(_ descriptor: Int32) -> Int32 {
      Darwin.close(descriptor)
    }
    private static func rename(_ path: String, _ target: String) -> Int32 {
      Darwin.rename(path, target)
    }
    private static func remove(_ path: String) -> Int32 { Darwin.remove(path) }
  #elseif canImport(Musl)
    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    }
    @discardableResult private static func close(_ descriptor: Int32) -> Int32 {
      Musl.close(descriptor)
    }
    private static func rename(_ path: String, _ target: String) -> Int32 {
      Musl.rename(path, target)
    }
    private static func remove(_ path: String) -> Int32 { Musl.remove(path) }
  #else
    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
    @discardableResult private static func close(_ descriptor: Int32) -> Int32 {
      Glibc.close(descriptor)
    }
    private static func rename(_ path: String, _ target: String) -> Int32 {
      Glibc.rename(path, target)
    }
    private static func remove(_ path: String) -> Int32 { Glibc.remove(path) }
  #endif
}

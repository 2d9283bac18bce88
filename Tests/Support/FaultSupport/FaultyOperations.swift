import Files
import Foundation

/// The operating system with one operation that goes wrong.
package final class FaultyOperations: FileOperations, @unchecked Sendable {
  private let system = SystemCalls()
  private let fault: Fault?
  private let point: Int
  /// Guards everything below; the operations of several threads come one after the other.
  private let lock = NSLock()
  private var unsynchronized = UnsynchronizedChanges()
  private var performed = 0
  private var isFull = false
  private var isStopped = false

  /// - Parameter point: the number of the operation, from 1, that `fault` meets; without a fault all go well.
  package init(_ fault: Fault? = nil, at point: Int = 0) {
    self.fault = fault
    self.point = point
  }

  /// The operations asked for so far.
  package var count: Int { lock.withLock { performed } }

  /// Changes the disk to what a newly started process would find.
  package func end() {
    lock.withLock {
      isStopped = true
      switch fault {
      case .powerLoss: unsynchronized.lose()
      case .tornWrite: unsynchronized.tear()
      default: break
      }
      unsynchronized.forget()
    }
  }

  package func create(_ path: String) throws(FileError) -> OpenFile {
    try step(.create, path, needsRoom: true) { () throws(FileError) in
      let file = try system.create(path)
      unsynchronized.created(file)
      return file
    }
  }

  package func openToAppend(_ path: String) throws(FileError) -> OpenFile {
    try step(.open, path) { () throws(FileError) in
      let file = try system.openToAppend(path)
      unsynchronized.opened(file)
      return file
    }
  }

  package func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile) throws(FileError) -> Int {
    try step(.write(remaining: bytes.count), file.path, needsRoom: true) { () throws(FileError) in
      let isLast = fault == .kill && performed == point
      return try system.write(
        isLast ? UnsafeRawBufferPointer(rebasing: bytes[..<((bytes.count + 1) / 2)]) : bytes,
        to: file)
    }
  }

  package func synchronize(_ file: OpenFile) throws(FileError) {
    try step(.synchronize, file.path) { () throws(FileError) in
      try system.synchronize(file)
      unsynchronized.synchronized(file.descriptor)
    }
  }

  package func close(_ file: OpenFile) throws(FileError) {
    // Even after an error a closed file is closed, and so are all files of a process that has ended.
    try system.close(file)
    if lock.withLock({ isStopped }) { return }
    try step(.close, file.path) { () throws(FileError) in }
  }

  package func rename(_ path: String, to target: String) throws(FileError) {
    try step(.rename, target) { () throws(FileError) in
      let former = unsynchronized.keep(target)
      try system.rename(path, to: target)
      unsynchronized.renamed(path, to: target, former: former)
    }
  }

  package func remove(_ path: String) throws(FileError) {
    try step(.remove, path) { () throws(FileError) in
      let former = unsynchronized.keep(path)
      try system.remove(path)
      unsynchronized.removed(path, former: former)
    }
  }

  package func removeAbandoned(_ path: String) throws(FileError) {
    try step(.remove, path) { () throws(FileError) in try system.removeAbandoned(path) }
  }

  package func makeFolder(_ path: String) throws(FileError) {
    try step(.makeFolder, path, needsRoom: true) { () throws(FileError) in
      try system.makeFolder(path)
      unsynchronized.madeFolder(path)
    }
  }

  package func synchronize(_ path: String) throws(FileError) {
    try step(.synchronize, path) { () throws(FileError) in
      try system.synchronize(path)
      unsynchronized.synchronized(path)
    }
  }

  package func lock(_ path: String, owner: String) throws(FileError) -> OpenFile {
    try step(.create, path, needsRoom: true) { () throws(FileError) in
      try system.lock(path, owner: owner)
    }
  }

  private func step<Result>(
    _ operation: FileError.Operation, _ path: String, needsRoom: Bool = false,
    _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    lock.lock()
    defer { lock.unlock() }
    guard !isStopped else { throw FileError(operation, path: path, code: ECANCELED) }
    performed += 1
    if performed == point {
      switch fault {
      case .failure: throw FileError(operation, path: path, code: EIO)
      case .fullDisk: isFull = true
      default: break
      }
    }
    if isFull, needsRoom { throw FileError(operation, path: path, code: ENOSPC) }
    defer { if let fault, fault.isEnd, performed == point { isStopped = true } }
    return try body()
  }
}

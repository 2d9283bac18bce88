import Foundation

/// Writes scalars and texts as an event file that TensorBoard shows, also while it is being written.
///
/// Entries are kept in memory until `flush()`. A file is only ever appended to.
public final class EventFileWriter {
  /// The file's path.
  public let path: String
  private var descriptor: Int32?
  private var pending: [UInt8] = []

  /// Makes `events.out.tfevents.<seconds>.<host>.<pid>.<number>` in a folder that exists.
  ///
  /// `wallTime` is in seconds since 1970. Throws where the file cannot be made or written.
  public convenience init(
    folder: String, wallTime: Double = EventFileWriter.now
  ) throws(EventFileError) {
    let seconds = Int64(exactly: wallTime.rounded(.down)) ?? 0
    let stem = "\(folder)/events.out.tfevents.\(seconds).\(Self.hostName).\(getpid())"
    var number = 0
    while true {
      let path = "\(stem).\(number)"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
      if descriptor >= 0 {
        try self.init(path: path, descriptor: descriptor, wallTime: wallTime)
        return
      }
      guard errno == EEXIST else {
        throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
      }
      number += 1
    }
  }

  /// Takes over a file that is open for writing, and begins it with the format's version.
  package init(path: String, descriptor: Int32, wallTime: Double) throws(EventFileError) {
    self.path = path
    self.descriptor = descriptor
    append(.fileVersion, step: 0, wallTime: wallTime)
    try flush()
  }

  deinit {
    // Whoever wants to hear of a failure calls close().
    try? close()
  }

  /// The present, in seconds since 1970.
  public static var now: Double { Date().timeIntervalSince1970 }

  /// Adds a point to the curve `tag`, with a float's precision; NaN and infinities are values like others.
  ///
  /// `wallTime` is in seconds since 1970.
  public func writeScalar(
    tag: String, value: Double, step: Int, wallTime: Double = EventFileWriter.now
  ) {
    append(.scalar(tag: tag, value: Float(value)), step: step, wallTime: wallTime)
  }

  /// Adds a text, which TensorBoard shows as Markdown.
  ///
  /// `wallTime` is in seconds since 1970.
  public func writeText(
    tag: String, text: String, step: Int = 0, wallTime: Double = EventFileWriter.now
  ) {
    append(.text(tag: tag, text: text), step: step, wallTime: wallTime)
  }

  /// Hands all entries to the operating system.
  ///
  /// What could not be written is kept, and a later call goes on with the byte after the last one written.
  public func flush() throws(EventFileError) {
    guard !pending.isEmpty else { return }
    guard let descriptor else { throw .closed(path: path) }
    var written = 0
    defer { pending.removeFirst(written) }
    while written < pending.count {
      let count = pending[written...].withUnsafeBytes {
        write(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
      }
    }
  }

  /// Flushes and closes the file, which takes nothing after that; closing it again does nothing.
  public func close() throws(EventFileError) {
    guard let open = descriptor else { return }
    defer {
      Foundation.close(open)
      descriptor = nil
    }
    try flush()
  }

  private func append(_ content: Event.Content, step: Int, wallTime: Double) {
    pending += Event(wallTime: wallTime, step: Int64(step), content: content).record
  }

  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

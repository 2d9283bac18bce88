import Files
import Foundation

/// Writes scalars, texts, pictures and hyperparameters as an event file, which TensorBoard can show even while it is being written.
///
/// Entries are kept in memory until `flush()`. A file is only ever appended to.
public final class EventFileWriter {
  /// The file's path.
  public let path: String
  private let system: FileSystem
  private var file: OpenFile?
  private var pending: [UInt8] = []

  /// Creates `events.out.tfevents.<seconds>.<host>.<pid>.<number>` in an existing folder, with `ending` after it.
  ///
  /// `wallTime` is in seconds since 1970. Throws where the file cannot be created or written.
  public convenience init(
    folder: String, ending: String = "", wallTime: Double = EventFileWriter.now
  ) throws(EventFileError) {
    let seconds = Int64(exactly: wallTime.rounded(.down)) ?? 0
    let stem = "\(folder)/\(Self.prefix)\(seconds).\(Self.hostName).\(getpid())"
    var number = 0
    while true {
      let path = "\(stem).\(number)\(ending)"
      let file: OpenFile?
      do throws(FileError) {
        file = try FileSystem.current.operations.create(path)
      } catch {
        guard error.code == EEXIST else {
          throw .cannotCreate(path: path, reason: error.reason)
        }
        file = nil
      }
      if let file {
        try self.init(path: path, descriptor: file.descriptor, wallTime: wallTime)
        return
      }
      number += 1
    }
  }

  /// Takes over a file that is open for writing, and begins it with the format's version.
  package init(path: String, descriptor: Int32, wallTime: Double) throws(EventFileError) {
    self.path = path
    system = .current
    file = OpenFile(path: path, descriptor: descriptor)
    append(.fileVersion, step: 0, wallTime: wallTime)
    try flush()
  }

  deinit {
    // Callers that want to know about a failure call close().
    try? close()
  }

  /// How the names of event files begin.
  public static let prefix = "events.out.tfevents."

  /// The present time, in seconds since 1970.
  public static var now: Double { Date().timeIntervalSince1970 }

  /// Adds a point to the curve `tag`, with the precision of a float; NaN and infinity are allowed.
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

  /// Adds a picture, given as a PNG file of three channels.
  ///
  /// `wallTime` is in seconds since 1970.
  public func writeImage(
    tag: String, png: [UInt8], width: Int, height: Int, step: Int = 0,
    wallTime: Double = EventFileWriter.now
  ) {
    append(
      .image(tag: tag, png: png, width: width, height: height), step: step, wallTime: wallTime)
  }

  /// Adds the settings of the run that begins to the table of hyperparameters.
  ///
  /// `wallTime` is in seconds since 1970.
  public func writeStart(
    _ settings: [Hyperparameter], wallTime: Double = EventFileWriter.now
  ) {
    append(.hyperparameters(.start(settings, time: wallTime)), step: 0, wallTime: wallTime)
  }

  /// Adds to the table that the run has ended well, and which curves' last points stand beside its settings.
  ///
  /// `wallTime` is in seconds since 1970.
  public func writeEnd(
    _ settings: [Hyperparameter], metrics: [String], wallTime: Double = EventFileWriter.now
  ) {
    append(
      .hyperparameters(.experiment(settings, metrics: metrics, time: wallTime)), step: 0,
      wallTime: wallTime)
    append(.hyperparameters(.end(time: wallTime)), step: 0, wallTime: wallTime)
  }

  /// Hands all entries to the operating system.
  ///
  /// What could not be written is kept, and a later call continues with the byte after the last one written.
  public func flush() throws(EventFileError) {
    guard !pending.isEmpty else { return }
    guard let file else { throw .closed(path: path) }
    var written = 0
    defer { pending.removeFirst(written) }
    do throws(FileError) {
      while written < pending.count {
        let result = pending[written...].withUnsafeBytes { bytes in
          Result { () throws(FileError) in try system.operations.write(bytes, to: file) }
        }
        written += try result.get()
      }
    } catch {
      throw .cannotWrite(path: path, reason: error.reason)
    }
  }

  /// Flushes and closes the file, which accepts nothing after that; closing it again does nothing.
  public func close() throws(EventFileError) {
    guard let open = file else { return }
    defer {
      try? system.operations.close(open)
      file = nil
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

import Foundation

/// A file in memory for readers that want a path, in a folder laid out as one of images with label maps.
final class ScratchFile {
  nonisolated(unsafe) static let shared = ScratchFile()

  private let path: String

  private init() {
    let folder = "/dev/shm/syn2real-fuzz-\(getpid())"
    for name in ["images", "labels"] {
      try? FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    path = "\(folder)/input"
  }

  /// The path of a file of `bytes`, valid until the next call.
  /// - Parameter ending: what the file's name ends in.
  func path(holding bytes: [UInt8], ending: String = "") -> String {
    let path = self.path + ending
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count else {
      fatalError("cannot write \(path)")
    }
    return path
  }
}

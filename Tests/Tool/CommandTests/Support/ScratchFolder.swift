import Foundation
import Imaging

/// A folder for one test, removed with the last reference to it.
final class ScratchFolder: Sendable {
  let url: URL

  /// - Parameter isLarge: whether to expect thousands of files, which are written and deleted faster in memory than on disk.
  init(isLarge: Bool = false) throws {
    let memory = URL(fileURLWithPath: "/dev/shm")
    let isInMemory = isLarge && FileManager.default.isWritableFile(atPath: memory.path)
    url = (isInMemory ? memory : FileManager.default.temporaryDirectory).appendingPathComponent(
      "syn2real-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ relativePath: String) -> String {
    url.appendingPathComponent(relativePath).path
  }

  func makeFolder(_ relativePath: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(relativePath), withIntermediateDirectories: true)
  }

  /// Writes a text, making the folders around it, and gives its path.
  @discardableResult
  func write(_ text: String, to relativePath: String) throws -> String {
    try makeFolder((relativePath as NSString).deletingLastPathComponent)
    try text.write(toFile: path(relativePath), atomically: true, encoding: .utf8)
    return path(relativePath)
  }

  /// Writes folders of small made-up pictures, `count` per class, and returns their path.
  @discardableResult
  func writePictures(
    _ name: String, classes: [String] = ["apple", "boat"], count: Int = 4
  ) throws -> String {
    for (label, className) in classes.enumerated() {
      try makeFolder("\(name)/\(className)")
      for number in 0..<count {
        let side = 32 + 4 * number
        let pixels = (0..<side * side * 3).map { position in
          UInt8(truncatingIfNeeded: (position * (7 + 4 * label) + number * 31) / (3 + label))
        }
        try Image(width: side, height: side, channels: 3, pixels: pixels)
          .writePNG(to: path("\(name)/\(className)/\(number).png"))
      }
    }
    return path(name)
  }
}

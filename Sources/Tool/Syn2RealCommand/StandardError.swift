import Foundation
import Messages

/// Messages for people, kept apart from output for pipes.
enum StandardError {
  static func write(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line.visible + "\n").utf8))
  }
}

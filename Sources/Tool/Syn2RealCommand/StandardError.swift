import Foundation
import Messages

/// What is for the person, not for a pipe.
enum StandardError {
  static func write(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line.visible + "\n").utf8))
  }
}

import ArgumentParsing
import Foundation

/// Results that are written while others are still computed.
enum StandardOutput {
  /// Writes text at once.
  /// - Throws: `ExitCode.failure` where nobody reads it any more, as after `| head`.
  static func write(_ text: some StringProtocol) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw ExitCode.failure
    }
  }
}

import ArgumentParsing

/// Results that are written while others are still computed.
enum StandardOutput {
  /// Writes text at once.
  /// - Throws: `ExitCode.failure` where nobody reads it any more, as after `| head`; else why it cannot be written.
  static func write(_ text: some StringProtocol) throws {
    do throws(PrintedOutput.Loss) {
      try PrintedOutput.write(String(text))
    } catch {
      throw error.isUnread ? ExitCode.failure : error
    }
  }
}

import Foundation
import Training

/// What ties a job to the process that started it: the job's standard input, which ends when that process asks it to stop,
/// and when it no longer lives, however it ended.
///
/// Signals alone would not do: one that arrives before a run listens to it is lost, and nobody sends one for a killed process.
enum JobTie {
  /// The environment variable that makes a process a job.
  static let variable = "SYN2REAL_JOB"

  /// Whether this process is a job of another one.
  static var isTied: Bool { ProcessInfo.processInfo.environment[variable] != nil }

  /// In a job, makes the end of standard input a request to stop.
  static func follow(_ interruption: Interruption) {
    guard isTied else { return }
    Thread.detachNewThread {
      var byte: UInt8 = 0
      var count = 1
      while count > 0 || (count < 0 && errno == EINTR) { count = read(STDIN_FILENO, &byte, 1) }
      interruption.request()
    }
  }
}

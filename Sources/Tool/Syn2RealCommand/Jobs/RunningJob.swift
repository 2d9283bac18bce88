import Foundation

/// A job that is running: a process of this executable.
final class RunningJob {
  /// What runs.
  let job: Job
  private let process = Process()
  private let tie = Pipe()
  private let errors = Pipe()
  private var lines: JobLines

  /// Starts a job.
  /// - Throws: the system's error where no process can be started.
  init(_ job: Job) throws {
    self.job = job
    lines = JobLines(of: job.name)
    process.executableURL = Bundle.main.executableURL
    process.arguments = job.arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging([JobTie.variable: "1"]) { $1 }
    process.standardInput = tie
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    // No other job may hold this one's tie, and nobody waits for its lines.
    _ = fcntl(tie.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(errors.fileHandleForReading.fileDescriptor, F_SETFL, O_NONBLOCK)
    try process.run()
  }

  /// Whether it has not ended yet; passes on what it has written.
  var isRunning: Bool {
    passOnLines()
    return process.isRunning
  }

  /// Asks it to stop after its step, with a checkpoint.
  func stop() {
    try? tie.fileHandleForWriting.close()
  }

  /// Waits until it has ended, and says why it failed; nil where it did not.
  func failure() -> String? {
    process.waitUntilExit()
    passOnLines()
    if process.terminationReason == .uncaughtSignal {
      return "it was ended by signal \(process.terminationStatus)"
    }
    return process.terminationStatus == 0 ? nil : lines.last
  }

  private func passOnLines() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(errors.fileHandleForReading.fileDescriptor, &bytes, bytes.count)
      guard count > 0 else { return }
      lines.add(Data(bytes.prefix(count)))
    }
  }
}

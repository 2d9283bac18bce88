import Foundation
import Training

/// Runs jobs, several at once.
struct JobRunner {
  /// The largest number of jobs that run at once.
  let limit: Int
  /// The request to stop them.
  let interruption: Interruption

  /// Runs all jobs to their ends; a failure of one stops none of the others.
  /// - Returns: the jobs that failed, each with its last words.
  /// - Throws: `JobError.interrupted`, and the system's error where no process can be started.
  func failures(of jobs: [Job]) throws -> [(name: String, reason: String)] {
    var waiting = jobs[...]
    var running: [RunningJob] = []
    defer { running.forEach { $0.stop() } }
    var failures: [(name: String, reason: String)] = []
    var done = 0
    while !running.isEmpty || (!waiting.isEmpty && !interruption.isRequested) {
      while running.count < limit, !interruption.isRequested, let job = waiting.popFirst() {
        running.append(try RunningJob(job))
      }
      if interruption.isRequested { running.forEach { $0.stop() } }
      guard let place = running.firstIndex(where: { !$0.isRunning }) else {
        usleep(20_000)
        continue
      }
      let ended = running.remove(at: place)
      if let reason = ended.failure() {
        // A run that was asked to stop has not failed.
        if interruption.isRequested { continue }
        failures.append((ended.job.name, reason))
        StandardError.write(
          "\(ended.job.name): failed; \(jobs.count - done - failures.count) runs left")
      } else {
        done += 1
        StandardError.write("\(ended.job.name): \(done) of \(jobs.count) runs done")
      }
    }
    if interruption.isRequested, done + failures.count < jobs.count {
      throw JobError.interrupted(done: done, of: jobs.count)
    }
    return failures
  }

  /// Runs all jobs to their ends.
  /// - Throws: `JobError.failed` where one failed, and what `failures(of:)` throws.
  func run(_ jobs: [Job]) throws {
    let failures = try self.failures(of: jobs)
    guard failures.isEmpty else { throw JobError.failed(failures, of: jobs.count) }
  }
}

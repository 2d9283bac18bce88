import Foundation

/// What ended several jobs.
enum JobError: Error, CustomStringConvertible {
  /// Some of them failed, each with its last words; the others are done.
  case failed([(name: String, reason: String)], of: Int)
  /// The user asked to stop.
  case interrupted(done: Int, of: Int)

  var description: String {
    switch self {
    case .failed(let jobs, let count):
      let reasons = jobs.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
      return
        "\(jobs.count) of \(count) runs failed, the others are finished and kept; the same command goes on with what is "
        + "left. \(reasons)"
    case .interrupted(let done, let count):
      return
        "stopped with \(done) of \(count) runs done; the same command goes on with the others, each from its last checkpoint"
    }
  }
}

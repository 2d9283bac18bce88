import ArgumentParsing
import Processors

/// How many runs a subcommand makes at once.
struct JobOptions: ParsableArguments {
  @Option(
    help: .init(
      "How many runs to make at once, each in a process of its own; the cores are shared out, or each takes --threads.",
      valueName: "count"))
  var jobs = 1

  /// Checks the number.
  func requireValid() throws {
    let most = Processors.count
    guard (1...most).contains(jobs) else {
      throw ValidationError(
        "--jobs must be from 1 to \(most), one for each processor that this process may use, not \(jobs)."
      )
    }
  }

  /// The options of a job that computes as this process was asked to, with its share of the cores.
  func arguments(_ compute: ComputeOptions) -> [String] {
    let share = max(1, Processors.count / jobs)
    return ["--device", compute.device, "--threads", "\(compute.threads ?? share)"]
  }
}

import Foundation
import Runs

extension RunFolder {
  /// Adds the present start to those in `environment.json`.
  /// - Parameters:
  ///   - iteration: the number of steps taken.
  ///   - checkpoint: the checkpoint that the run continues from; nil for a new run.
  ///   - processes: the number of processes that share the run.
  /// - Returns: what differs from the start before, in a sentence.
  func addStart(
    of experiment: Experiment, after iteration: Int, resumingFrom checkpoint: String?,
    processes: Int
  ) throws -> String? {
    let start = RunStart(
      device: experiment.device, data: experiment.data.fingerprints, iteration: iteration,
      processes: processes)
    let former = checkpoint.flatMap { path in
      RunEnvironment(in: self)
        ?? RunFolder(ofCheckpoint: path).flatMap { RunEnvironment(in: $0) }
    }
    let environment = RunEnvironment(
      seed: experiment.seed, earlier: former?.starts ?? [], newest: start)
    try write(JSONFormat.document(environment), to: self.environment)
    return former.flatMap { start.difference(from: $0.newest) }
  }

  /// Prepares a run whose length has changed: the figures of the shorter run get a name of their own, since from now on they
  /// are not those of the run.
  /// - Returns: what changes, in a sentence.
  func extend(_ experiment: Experiment, after iteration: Int) throws -> String {
    let former = try finishedResults()
    var kept = ""
    if let former {
      let path = "\(self.path)/results-\(former.iterations).json"
      try setAside(results, as: path)
      kept = "; the figures of the \(former.iterations) iterations before are in \(path)"
    }
    func number(_ value: Double) -> String { String(format: "%.4g", value) }
    let before = former.map { former in
      " and was \(number(experiment.schedule.learningRate(at: max(iteration - 1, 0), of: former.iterations))) before"
    }
    return
      "the run now has \(experiment.iterations) iterations, and the schedule spans all of them: the learning rate of "
      + "iteration \(iteration) is \(number(experiment.learningRate(at: iteration)))\(before ?? "")\(kept)"
  }
}

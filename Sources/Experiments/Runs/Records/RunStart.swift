import Datasets
import Foundation
import Torch

/// Where and how a run was started, or started again: what a recipe does not say and figures may depend on all the same.
package struct RunStart: Codable, Equatable, Sendable {
  package let version: String
  package let libtorch: String
  package let system: String
  /// The processor's name; nil where the system does not say.
  package let processor: String?
  package let device: String
  package let threads: Int
  /// The commit of the checkout that the executable lies in; nil where it lies in none.
  package let commit: String?
  /// The hash of each data set's names, labels and sizes, by its path.
  package let data: [String: String]?
  package let commandLine: [String]
  package let started: String
  /// The number of steps that had been taken.
  package let iteration: Int?
  /// The number of processes that shared the run; nil for one.
  package let processes: Int?

  private enum CodingKeys: String, CodingKey {
    case version
    case libtorch
    case system
    case processor
    case device
    case threads
    case commit
    case data
    case commandLine = "command_line"
    case started
    case iteration
    case processes
  }

  /// A start.
  package init(
    version: String, libtorch: String, system: String, processor: String? = nil, device: String,
    threads: Int, commit: String? = nil, data: [String: String]? = nil, commandLine: [String],
    started: String, iteration: Int? = nil, processes: Int? = nil
  ) {
    self.version = version
    self.libtorch = libtorch
    self.system = system
    self.processor = processor
    self.device = device
    self.threads = threads
    self.commit = commit
    self.data = data
    self.commandLine = commandLine
    self.started = started
    self.iteration = iteration
    self.processes = processes
  }

  /// The present process, after `iteration` steps of a run on `data`, which `processes` share.
  package init(
    device: Device, data: [DatasetFingerprint], iteration: Int, processes: Int = 1
  ) {
    self.processes = processes > 1 ? processes : nil
    version = Version.current
    libtorch = Libtorch.version
    system = ProcessInfo.processInfo.operatingSystemVersionString
    processor = Processor.name
    self.device = device.description
    threads = Libtorch.threadCount
    commit = CheckoutCommit.ofExecutable
    self.data = Dictionary(data.map { ($0.path, $0.hash) }) { first, _ in first }
    commandLine = CommandLine.arguments
    started = Date().ISO8601Format()
    self.iteration = iteration
  }

  /// What of the machine and the software differs from an earlier start, in a sentence; nil where nothing does.
  package func difference(from earlier: RunStart) -> String? {
    let pairs: [(String, String?, String?)] = [
      ("version", version, earlier.version), ("libtorch", libtorch, earlier.libtorch),
      ("processes", "\(processes ?? 1)", "\(earlier.processes ?? 1)"),
      ("device", device, earlier.device), ("threads", "\(threads)", "\(earlier.threads)"),
      ("processor", processor, earlier.processor),
    ]
    let clauses = pairs.compactMap { name, now, before -> String? in
      guard let now, let before, now != before else { return nil }
      return "\(name) \(now) instead of \(before)"
    }
    guard !clauses.isEmpty else { return nil }
    return
      "the run goes on with \(clauses.joined(separator: ", ")); from here on its figures may differ in their last "
      + "digits from those of a run that was never stopped"
  }
}

import ArgumentParsing
import Torch

/// The options of every subcommand that computes.
struct ComputeOptions: ParsableArguments {
  @Option(help: .init("Where to compute.", valueName: "auto|cpu|cuda[:N]"))
  var device = "auto"

  @Option(
    help: .init("Threads of an operation on the CPU; all cores where absent.", valueName: "count"))
  var threads: Int?

  /// Sets libtorch up, and gives the device.
  func prepare() throws -> Device {
    if let threads {
      guard threads > 0 else {
        throw ValidationError("--threads must be at least 1, not \(threads).")
      }
      try Libtorch.setThreadCount(threads)
    }
    Libtorch.keepFreedMemory()
    do {
      return try Device(named: device)
    } catch {
      guard case .unknown = error else { throw error }
      throw ValidationError("\(error)")
    }
  }
}

import ArgumentParsing
import Torch

/// The options of every subcommand that computes.
struct ComputeOptions: ParsableArguments {
  @Option(help: .init("Where to compute.", valueName: "auto|cpu|cuda[:N]"))
  var device = "auto"

  @Option(
    help: .init("Threads of an operation on the CPU; all cores where absent.", valueName: "count"))
  var threads: Int?

  /// Sets libtorch up, and gives the device; says so where that is not the GPU that is there.
  func prepare() throws -> Device {
    if let threads {
      guard threads > 0 else {
        throw ValidationError("--threads must be at least 1, not \(threads).")
      }
      try Libtorch.setThreadCount(threads)
    }
    Libtorch.keepFreedMemory()
    do {
      let choice = try DeviceChoice(named: device)
      if let warning = choice.warning { StandardError.write("\(warning); \(Self.advice)") }
      return choice.device
    } catch {
      switch error {
      case .unknown: throw ValidationError("\(error)")
      case .unavailable: throw Unavailable(error: error)
      }
    }
  }

  /// A device that does not answer, with what to do.
  private struct Unavailable: Error, CustomStringConvertible {
    let error: DeviceError

    var description: String { "\(error); \(ComputeOptions.advice)" }
  }

  private static let advice =
    "use --device cpu, or set up with `make CUDA=1` on a machine with an NVIDIA driver"
}

import ArgumentParsing
import Foundation
import Imaging
import Torch

/// The options of every subcommand that computes.
struct ComputeOptions: ParsableArguments {
  @Option(help: .init("Where to compute.", valueName: "auto|cpu|cuda[:N]"))
  var device = "auto"

  @Option(
    help: .init("Threads of an operation on the CPU; all cores where absent.", valueName: "count"))
  var threads: Int?

  /// The most threads that can be asked for: with many more than processors, threads wait for each other without end.
  private static let maximumThreads = 4 * ProcessInfo.processInfo.activeProcessorCount

  /// Sets libtorch up, and gives the device; says so where that is not the GPU that is there.
  func prepare() throws -> Device {
    try DecodingLimits.requireValidVariable()
    if let threads {
      guard (1...Self.maximumThreads).contains(threads) else {
        throw ValidationError(
          "--threads must be from 1 to \(Self.maximumThreads), four for each processor of this machine, not \(threads)."
        )
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

extension DecodingLimits {
  /// Refuses a value of the environment variable that would else count for nothing.
  static func requireValidVariable() throws {
    do throws(ImageError) {
      _ = try DecodingLimits(variable: ProcessInfo.processInfo.environment[variable])
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

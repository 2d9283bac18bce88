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

  /// Sets libtorch up, and gives the device.
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
      return try Device(named: device)
    } catch {
      guard case .unknown = error else { throw error }
      throw ValidationError("\(error)")
    }
  }
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

import ArgumentParsing
import Foundation
import Imaging
import Processors
import Torch

/// The options shared by all subcommands that compute.
struct ComputeOptions: ParsableArguments {
  @Option(
    help: .init("Where to compute.", valueName: "auto|cpu|cuda[:N]"),
    completion: .list(["auto", "cpu", "cuda"]))
  var device = "auto"

  @Option(
    help: .init("How many CPU threads to use; all cores by default.", valueName: "count"))
  var threads: Int?

  /// The largest number of threads allowed: with many more threads than processors, they mostly wait for each other.
  private static let maximumThreads = 4 * Processors.count

  /// Sets up libtorch for one of several processes and returns its device: each has a CUDA device of its own, or those of
  /// one machine divide its cores.
  func prepare(at place: ProcessPlace) throws -> Device {
    guard ["auto", "cpu", "cuda"].contains(device) else {
      throw ValidationError(
        "each of several processes has a device of its own; expected --device auto, cpu or cuda, not '\(device)'."
      )
    }
    let environment = ProcessInfo.processInfo.environment
    let device = try prepare(index: place.localRank)
    if device == .cpu, threads == nil, environment["OMP_NUM_THREADS"] == nil,
      let count = place.localSize
    {
      try Libtorch.setThreadCount(Processors.share(ofProcesses: count))
    }
    return device
  }

  /// Sets up libtorch and returns the device; warns if there is a GPU and the device is not that GPU.
  /// - Parameter index: the number of this process among those of its machine, where there are several.
  func prepare(index: Int? = nil) throws -> Device {
    try prepareProcessor()
    do {
      let choice = try DeviceChoice(named: device)
      if let warning = choice.warning { StandardError.write("\(warning); \(Self.advice)") }
      return try index.map { number throws(DeviceError) in
        try choice.device(
          ofProcess: number, environment: ProcessInfo.processInfo.environment)
      } ?? choice.device
    } catch {
      switch error {
      case .unknown: throw ValidationError("\(error)")
      case .unavailable: throw Unavailable(error: error)
      case .tooFew: throw error
      }
    }
  }

  private func prepareProcessor() throws {
    try DecodingLimits.requireValidVariable()
    if let threads {
      guard (1...Self.maximumThreads).contains(threads) else {
        throw ValidationError(
          "--threads must be from 1 to \(Self.maximumThreads), four for each processor that this process may use, not \(threads)."
        )
      }
      try Libtorch.setThreadCount(threads)
    } else if let quota = Processors.quota, quota < Libtorch.threadCount,
      ProcessInfo.processInfo.environment["OMP_NUM_THREADS"] == nil
    {
      // OpenMP counts the processors of the affinity alone.
      try Libtorch.setThreadCount(quota)
    }
    Libtorch.keepFreedMemory()
    ContentionWatch.start()
  }

  /// A device that does not respond, with advice.
  private struct Unavailable: Error, CustomStringConvertible {
    let error: DeviceError

    var description: String { "\(error); \(ComputeOptions.advice)" }
  }

  private static let advice =
    "use --device cpu, or set up with `make CUDA=1` on a machine with an NVIDIA driver"
}

extension DecodingLimits {
  /// Refuses a value of the environment variable that would otherwise be ignored.
  static func requireValidVariable() throws {
    do throws(ImageError) {
      _ = try DecodingLimits(variable: ProcessInfo.processInfo.environment[variable])
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

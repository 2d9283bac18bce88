import ArgumentParsing
import Foundation
import Torch

/// The options of a subcommand that several processes can share.
struct ProcessOptions: ParsableArguments {
  @Option(
    help: .init(
      "Share the work among this many processes on this machine; elsewhere torchrun, srun or mpirun start them.",
      valueName: "count"))
  var processes: Int?

  @Option(
    help: .init(
      "Where several processes share the work: how long one may give no sign of life before the others end.",
      valueName: "seconds"))
  var peerTimeout = 60

  private static let maximumProcesses = 64

  /// What this process is for.
  enum Part {
    /// To compute alone.
    case alone
    /// To compute with others.
    case member(ProcessPlace)
    /// To start others, this many.
    case starter(Int)
  }

  /// What the options and the environment say.
  func part() throws -> Part {
    guard peerTimeout >= 1 else {
      throw ValidationError("--peer-timeout must be at least 1 second, not \(peerTimeout).")
    }
    if let processes, !(1...Self.maximumProcesses).contains(processes) {
      throw ValidationError(
        "--processes must be from 1 to \(Self.maximumProcesses), not \(processes).")
    }
    let place: ProcessPlace?
    do {
      place = try ProcessPlace(environment: ProcessInfo.processInfo.environment)
    } catch {
      throw ValidationError("\(error).")
    }
    switch (place, processes ?? 1) {
    case (nil, 1): return .alone
    case (nil, let count): return .starter(count)
    case (let place?, 1): return .member(place)
    case (let place?, _):
      throw ValidationError(
        "--processes starts processes, but the environment says that this is one of \(place.size) already; leave it out, or unset WORLD_SIZE."
      )
    }
  }

  /// Runs `body` alone, or as one of several processes, which this one starts or belongs to. The others are told why this one
  /// ends, and none ends before the others have done their work.
  func run(
    _ compute: ComputeOptions, _ body: (ProcessGroup?, Device) throws -> Void
  ) throws {
    switch try part() {
    case .alone:
      try body(nil, compute.prepare())
    case .starter(let count):
      try LocalProcesses(count, peerTimeout: peerTimeout).run()
    case .member(let place):
      let device = try compute.prepare(at: place)
      try joined(at: place, on: device) { try body($0, device) }
    }
  }

  /// Computes together with other processes; an error of this one is told to the others.
  private func joined(
    at place: ProcessPlace, on device: Device, _ body: (ProcessGroup) throws -> Void
  ) throws {
    let limits = ProcessGroup.Limits(silence: .seconds(peerTimeout))
    let group = try ProcessGroup(place, on: device, limits: limits) { error in
      StandardError.write("Error: \(error)")
      // The thread that computes waits in libtorch for a process that will not come.
      _exit(ExitCode.failure.rawValue)
    }
    do {
      try body(group)
    } catch let code as ExitCode {
      // A run that was asked to stop: all know it.
      throw code
    } catch {
      group.fail(error)
      throw error is ProcessGroupError || error is ValidationError
        ? error : AdvisedError(description: "on rank \(place.rank): \(error)")
    }
  }
}

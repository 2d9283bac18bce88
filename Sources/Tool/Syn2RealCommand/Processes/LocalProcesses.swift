import ArgumentParsing
import Dispatch
import Foundation
import Torch

/// Starts processes of this command that compute together on this machine, and waits for them.
struct LocalProcesses {
  private let count: Int
  private let arguments: [String]
  private let patience: Duration

  /// The processes of the present command line.
  /// - Parameter peerTimeout: how long processes wait for a sign of life of each other, in seconds.
  init(_ count: Int, peerTimeout: Int) {
    self.count = count
    arguments = Self.withoutCount(Array(CommandLine.arguments.dropFirst()))
    // Each notices by itself that another is lost.
    patience = .seconds(peerTimeout + 30)
  }

  /// Runs them to their end.
  /// - Throws: the exit code of the first that failed.
  func run() throws {
    let store = try ProcessStore()
    let processes = try (0..<count).map { rank in
      let process = Process()
      process.executableURL = Bundle.main.executableURL
      process.arguments = arguments
      process.environment = ProcessInfo.processInfo.environment.merging(
        store.place(of: rank, among: count).environment
      ) { $1 }
      process.standardInput = FileHandle.nullDevice
      try process.run()
      return process
    }
    let signals = forwardSignals(to: processes.map(\.processIdentifier))
    defer { signals.forEach { $0.cancel() } }
    let failed = withExtendedLifetime(store) { wait(for: processes) }
    guard let failed else { return }
    if processes[failed].terminationReason == .uncaughtSignal {
      StandardError.write(
        "Error: rank \(failed) of \(count) was ended by signal \(processes[failed].terminationStatus)"
      )
      throw ExitCode(128 + processes[failed].terminationStatus)
    }
    throw ExitCode(processes[failed].terminationStatus)
  }

  /// Waits for all; those that do not end by themselves after another has failed are killed.
  /// - Returns: the first that failed.
  private func wait(for processes: [Process]) -> Int? {
    var failed: (rank: Int, moment: SuspendingClock.Instant)?
    while processes.contains(where: \.isRunning) {
      if failed == nil {
        failed = Self.failure(among: processes).map { ($0, SuspendingClock.now) }
      }
      if let failed, SuspendingClock.now - failed.moment > patience {
        for process in processes where process.isRunning {
          kill(process.processIdentifier, SIGKILL)
        }
      }
      usleep(20_000)
    }
    return failed?.rank ?? Self.failure(among: processes)
  }

  private static func failure(among processes: [Process]) -> Int? {
    processes.firstIndex { !$0.isRunning && $0.terminationStatus != 0 }
  }

  /// Passes on what asks this process to stop; the processes agree after which step they do.
  private func forwardSignals(to processes: [pid_t]) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { for process in processes { kill(process, number) } }
      source.resume()
      return source
    }
  }

  /// The arguments of each process.
  static func withoutCount(_ arguments: [String]) -> [String] {
    var kept: [String] = []
    var isValue = false
    for argument in arguments {
      defer { isValue = argument == "--processes" }
      if !isValue, argument != "--processes", !argument.hasPrefix("--processes=") {
        kept.append(argument)
      }
    }
    return kept
  }
}

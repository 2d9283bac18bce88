import ArgumentParsing
import Dispatch
import Foundation
import Synchronization
import Training

/// Turns the signals that ask a process to stop into a request, which the run follows between two steps; a second signal
/// ends the process at once.
struct StopSignals {
  /// Ctrl-C, `kill`, and a closed terminal.
  private static let numbers = [SIGINT, SIGTERM, SIGHUP]

  /// The first signal that arrived; 0 if none has.
  private final class Arrival: Sendable {
    let number = Atomic<Int32>(0)
  }

  private let arrival = Arrival()
  private let sources: [(number: Int32, source: any DispatchSourceSignal)]

  /// From now on the signals are requests of `interruption`.
  init(_ interruption: Interruption) {
    let arrival = arrival
    sources = Self.numbers.compactMap { number in
      let before = signal(number, SIG_IGN)
      // A process started under nohup should outlive its terminal.
      if number == SIGHUP, Self.ignores(before) { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let (isFirst, _) = arrival.number.compareExchange(
          expected: 0, desired: number, ordering: .relaxed)
        if !isFirst { _exit(Self.exitCode(of: number).rawValue) }
        interruption.request()
      }
      source.resume()
      return (number, source)
    }
  }

  /// From now on the signals end the process again.
  func stop() {
    for (number, source) in sources {
      source.cancel()
      signal(number, SIG_DFL)
    }
  }

  /// The shell's exit code for a process ended by the signal.
  ///
  /// Where another process of the run was asked to stop, this one ends as if it had been asked to by `kill`.
  var exitCode: ExitCode {
    let number = arrival.number.load(ordering: .relaxed)
    return Self.exitCode(of: number == 0 ? SIGTERM : number)
  }

  private static func exitCode(of number: Int32) -> ExitCode { ExitCode(128 + number) }

  private static func ignores(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

import Dispatch
import Foundation

/// Turns Ctrl-C into a request that the loop honours between two steps; a second one ends the process.
public final class Interruption: @unchecked Sendable {
  private let lock = NSLock()
  private var requested = false
  private var source: (any DispatchSourceSignal)?

  /// An interruption that nobody requests yet.
  public init() {}

  /// Whether the run should stop after the step under way.
  public var isRequested: Bool { lock.withLock { requested } }

  /// Asks the run to stop after the step under way.
  public func request() {
    lock.withLock { requested = true }
  }

  /// From now on Ctrl-C is a request.
  public func watchKeyboard() {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [self] in
      if isRequested { exit(Self.exitCode) }
      request()
    }
    source.resume()
    self.source = source
  }

  /// The shell's exit code of a process that Ctrl-C ended.
  public static let exitCode: Int32 = 130
}

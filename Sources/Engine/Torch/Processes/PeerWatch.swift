import Foundation
import Synchronization

/// Shows the other processes of a group that this one lives, and notices which of them does not.
///
/// Each process counts up a number in the store, in a thread of its own that goes on while others compute. A process whose
/// number stands still for longer than the limit is stopped or cut off, whatever its connections say.
final class PeerWatch: Sendable {
  private struct State {
    /// The numbers of the others, and when each changed last.
    var signs: [Int: (value: String, changed: SuspendingClock.Instant)] = [:]
    /// When the store answered last.
    var answered = SuspendingClock.now
    /// When these were judged last.
    var judged = SuspendingClock.now
    /// What a process that failed has left in the store.
    var note: String?
    var isStopped = false
    var isJudged = false
  }

  /// The key under which the first process that fails says why.
  static let failureKey = "failure"

  private let rank: Int
  private let processes: [String]
  private let address: String
  private let limit: Duration
  private let interval: Duration
  private let state = Mutex(State())
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// Begins to watch.
  /// - Parameters:
  ///   - store: a connection that nothing else uses.
  ///   - processes: what each process is called, by rank.
  ///   - limit: how long a process may give no sign.
  ///   - whenLost: called once in another thread if this process, a while after another was lost, still has not noticed.
  init(
    _ store: KeyValueStore, rank: Int, processes: [String], address: String, limit: Duration,
    whenLost: @escaping @Sendable (ProcessGroupError) -> Void
  ) {
    self.rank = rank
    self.processes = processes
    self.address = address
    self.limit = limit
    interval = min(.seconds(1), limit / 5)
    let timer = DispatchSource.makeTimerSource(queue: .global())
    self.timer = timer
    let thread = Thread { [self] in exchange(store) }
    thread.name = "peer watch"
    thread.start()
    timer.schedule(
      deadline: .now() + .milliseconds(Int(interval.milliseconds)),
      repeating: .milliseconds(Int(interval.milliseconds)))
    timer.setEventHandler { [weak self] in self?.judge(whenLost) }
    timer.resume()
  }

  static func signKey(_ rank: Int) -> String { "sign/\(rank)" }

  /// Ends the watch: from now on nothing is told.
  func stop() {
    state.withLock { $0.isStopped = true }
    timer.cancel()
  }

  /// Waits until it is known which process is the cause of a failed operation; nil where none seems to be.
  func cause() -> ProcessGroupError.Problem? {
    let patience = interval * 5
    let deadline = SuspendingClock.now + patience + interval * 2
    while true {
      if let problem = problem(after: patience, isClosed: true) { return problem }
      guard SuspendingClock.now < deadline else { return nil }
      usleep(20_000)
    }
  }

  /// Shows that this process lives, and looks at the others, until the watch ends.
  private func exchange(_ store: KeyValueStore) {
    var count = 0
    while !state.withLock({ $0.isStopped }) {
      count += 1
      // A store that does not answer is noticed by the time of its last answer.
      try? exchange(store, count)
      Thread.sleep(forTimeInterval: interval / .seconds(1))
    }
  }

  private func exchange(_ store: KeyValueStore, _ count: Int) throws {
    try store.set(Self.signKey(rank), "\(count)")
    let note =
      try store.holds(Self.failureKey) ? try store.value(of: Self.failureKey) : nil
    for peer in processes.indices where peer != rank {
      let value = try store.value(of: Self.signKey(peer))
      state.withLock { state in
        if state.signs[peer]?.value != value { state.signs[peer] = (value, .now) }
      }
    }
    state.withLock { state in
      state.answered = .now
      state.note = note
    }
  }

  private func judge(_ whenLost: @escaping @Sendable (ProcessGroupError) -> Void) {
    let wasAsleep = state.withLock { state in
      defer { state.judged = .now }
      guard SuspendingClock.now - state.judged > interval * 3 else { return false }
      // This process itself was stopped: what it has not heard meanwhile says nothing of the others.
      state.answered = .now
      for peer in state.signs.keys { state.signs[peer]?.changed = .now }
      return true
    }
    guard !wasAsleep, let problem = problem(after: limit, isClosed: false) else { return }
    let isFirst = state.withLock { state in
      defer { state.isJudged = true }
      return !state.isJudged
    }
    guard isFirst else { return }
    // An operation that fails of itself ends this process in good order; one that waits for ever does not.
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(3)) { [self] in
      guard !state.withLock({ $0.isStopped }) else { return }
      whenLost(ProcessGroupError(rank: rank, size: processes.count, problem: problem))
    }
  }

  /// What is wrong, if something has been for a time.
  /// - Parameter isClosed: whether connections are known to have been closed.
  private func problem(after time: Duration, isClosed: Bool) -> ProcessGroupError.Problem? {
    let now = SuspendingClock.now
    return state.withLock { state in
      guard !state.isStopped else { return nil }
      if let note = state.note, let problem = problem(of: note) { return problem }
      if now - state.answered > time { return .storeGone(address: address) }
      // The one that was silent first: others may have ended because of it.
      let first = state.signs.min { $0.value.changed < $1.value.changed }
      guard let (peer, sign) = first, now - sign.changed > time else { return nil }
      let process = processes[peer]
      return isClosed
        ? .gone(peer: peer, process: process)
        : .silent(peer: peer, process: process, seconds: limit / .seconds(1))
    }
  }

  /// What a process that failed says; nil for this process's own note.
  private func problem(of note: String) -> ProcessGroupError.Problem? {
    let parts = note.split(separator: "\n", maxSplits: 1).map(String.init)
    guard parts.count == 2, let peer = Int(parts[0]), processes.indices.contains(peer), peer != rank
    else { return nil }
    return .failed(peer: peer, process: processes[peer], reason: parts[1])
  }
}

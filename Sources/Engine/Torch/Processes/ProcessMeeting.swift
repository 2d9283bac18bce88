import Foundation

/// How processes find each other: each leaves its name in the store, and waits for those of the others.
struct ProcessMeeting {
  private let place: ProcessPlace
  private let limits: ProcessGroup.Limits

  init(_ place: ProcessPlace, _ limits: ProcessGroup.Limits) {
    self.place = place
    self.limits = limits
  }

  /// The store's address.
  var address: String { "\(place.address):\(place.port)" }

  /// The network interface of this machine by which the processes are connected; empty for libtorch's choice, which
  /// `GLOO_SOCKET_IFNAME` decides, or the machine's name.
  var interface: String {
    let isNear = ["127.0.0.1", "::1", "localhost"].contains(place.address)
    return isNear && ProcessInfo.processInfo.environment["GLOO_SOCKET_IFNAME"] == nil
      ? "127.0.0.1" : ""
  }

  /// Opens the store; in the process that keeps it, the first call does.
  /// - Parameter limit: how long an answer is waited for; nil for a first connection.
  func openStore(limit: Duration? = nil) throws(ProcessGroupError) -> KeyValueStore {
    do throws(TorchError) {
      return try KeyValueStore(
        at: place.address, port: place.port,
        serves: limit == nil && place.rank == 0 && !place.launcherKeepsStore,
        prefix: "syn2real/\(place.attempt)/", limit: limit ?? limits.joining)
    } catch {
      throw self.error(.unreachable(address: address, reason: error.message))
    }
  }

  /// Waits for all processes.
  /// - Parameter device: where this one computes, on a device of the same kind as the others.
  /// - Returns: what each is called, by rank.
  func gather(
    in store: KeyValueStore, on device: Device
  ) throws(ProcessGroupError) -> [String] {
    let size = try ask { () throws(TorchError) in try store.setFirst("size", "\(place.size)") }
    guard size == "\(place.size)" else { throw error(.otherSize(found: Int(size) ?? 0)) }
    let kind = device == .cpu ? "a CPU" : "a CUDA device"
    let others = try ask { () throws(TorchError) in try store.setFirst("device", kind) }
    guard others == kind else { throw error(.otherDevice(own: kind, found: others)) }
    let own = "\(ProcessInfo.processInfo.hostName), process \(getpid())"
    let found = try ask { () throws(TorchError) in
      try store.set(PeerWatch.signKey(place.rank), "0")
      return try store.setFirst(Self.key(place.rank), own)
    }
    guard found == own else { throw error(.sameRank(process: found)) }
    let start = SuspendingClock.now
    while true {
      let missing = try ask { () throws(TorchError) in
        var missing: [Int] = []
        for rank in 0..<place.size where try !store.holds(Self.key(rank)) { missing.append(rank) }
        return missing
      }
      if missing.isEmpty { break }
      guard SuspendingClock.now - start < limits.joining else {
        throw error(.missing(ranks: missing, seconds: limits.joining / .seconds(1)))
      }
      usleep(50_000)
    }
    return try ask { () throws(TorchError) in
      try (0..<place.size).map { rank throws(TorchError) in try store.value(of: Self.key(rank)) }
    }
  }

  private static func key(_ rank: Int) -> String { "process/\(rank)" }

  private func ask<Answer>(
    _ body: () throws(TorchError) -> Answer
  ) throws(ProcessGroupError) -> Answer {
    do throws(TorchError) {
      return try body()
    } catch {
      throw self.error(.unreachable(address: address, reason: error.message))
    }
  }

  func error(_ problem: ProcessGroupError.Problem) -> ProcessGroupError {
    ProcessGroupError(rank: place.rank, size: place.size, problem: problem)
  }
}

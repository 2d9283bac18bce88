/// Why processes cannot compute together, or not any longer.
public struct ProcessGroupError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What happened.
  public enum Problem: Equatable, Sendable {
    /// The store by which processes find each other cannot be opened.
    case unreachable(address: String, reason: String)
    /// The first process computes on a device of another kind.
    case otherDevice(own: String, found: String)
    /// Some processes did not come within a time in seconds.
    case missing(ranks: [Int], seconds: Double)
    /// Another process has the same rank.
    case sameRank(process: String)
    /// The first process was told another number of processes.
    case otherSize(found: Int)
    /// A process ended with an error.
    case failed(peer: Int, process: String, reason: String)
    /// A process gives no sign of life, but has not closed its connections: it is stopped, or cut off.
    case silent(peer: Int, process: String, seconds: Double)
    /// A process has closed its connections without a word: it was killed, or its machine went down.
    case gone(peer: Int, process: String)
    /// The store gives no answer any more.
    case storeGone(address: String)
    /// An operation on all processes failed, and none of them seems to be the cause.
    case failedOperation(String, reason: String)
  }

  /// The rank of the process that met the problem.
  public let rank: Int
  /// The number of processes.
  public let size: Int
  /// What happened.
  public let problem: Problem

  /// The rank of the process that caused it; nil where it is not known to be another one.
  public var culprit: Int? {
    switch problem {
    case .failed(let peer, _, _), .silent(let peer, _, _), .gone(let peer, _): peer
    default: nil
    }
  }

  /// What happened to which process, and what to do.
  public var description: String {
    switch problem {
    case .unreachable(let address, let reason):
      "rank \(rank) of \(size) cannot reach the store of the processes at \(address): \(Self.short(reason)); expected rank 0, or the "
        + "program that started the processes, to keep it there; check MASTER_ADDR and MASTER_PORT"
    case .missing(let ranks, let seconds):
      "rank \(rank) of \(size) has waited \(Self.number(seconds)) s for "
        + "\(ranks.count == 1 ? "rank" : "ranks") \(ranks.map(String.init).joined(separator: ", ")); "
        + "see what the others print, and that all know the same MASTER_ADDR and MASTER_PORT"
    case .sameRank(let process):
      "there are two processes of rank \(rank) of \(size): this one and \(process); expected a rank for each"
    case .otherSize(let found):
      "rank \(rank) was told of \(size) processes, the first one to come of \(found); expected the same number"
    case .otherDevice(let own, let found):
      "rank \(rank) of \(size) computes on \(own), the first one to come on \(found); expected the same kind of device in all"
    case .failed(_, _, let reason):
      "\(peer) failed: \(reason)"
    case .silent(_, _, let seconds):
      "\(peer) has given no sign of life for \(Self.number(seconds)) s; it is stopped or cut off"
    case .gone:
      "\(peer) has ended without a word; it was killed, or its machine went down"
    case .storeGone(let address):
      "rank \(rank) of \(size) gets no answer any more from the store of the processes at \(address), which rank 0 keeps, or the "
        + "program that started them"
    case .failedOperation(let operation, let reason):
      "rank \(rank) of \(size): \(operation) of all processes failed: \(Self.short(reason))"
    }
  }

  /// What a process that ends because of this tells the others: the rank of the cause, and what happened to it.
  var note: String {
    switch problem {
    case .failed(let peer, _, let reason): "\(peer)\n\(reason)"
    case .silent(let peer, _, let seconds):
      "\(peer)\nno sign of life for \(Self.number(seconds)) s; it is stopped or cut off"
    case .gone(let peer, _):
      "\(peer)\nended without a word; it was killed, or its machine went down"
    default: "\(rank)\n\(self)"
    }
  }

  private var peer: String {
    switch problem {
    case .failed(let peer, let process, _), .silent(let peer, let process, _),
      .gone(let peer, let process):
      "rank \(peer) of \(size) (\(process))"
    default: ""
    }
  }

  private static func number(_ seconds: Double) -> String {
    seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
  }

  /// The first line of a message of libtorch, without the place in its sources.
  private static func short(_ message: String) -> String {
    let line = message.prefix { $0 != "\n" }
    guard line.first == "[", let end = line.firstRange(of: "] ") else { return String(line) }
    return String(line[end.upperBound...])
  }
}

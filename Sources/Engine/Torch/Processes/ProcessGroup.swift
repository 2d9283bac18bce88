import CTorch
import Foundation

/// Processes that compute together, on one machine or many: c10d's `ProcessGroupGloo`, over TCP, and where each has a CUDA
/// device of its own `ProcessGroupNCCL` for tensors that are there.
///
/// Every process calls the same operations in the same order, from one thread at a time. An operation waits for the others;
/// if one of them is lost, the operation fails in all, with an error that names it. A process that is stopped keeps its
/// connections, so that the others would wait: then `whenLost` is called.
public final class ProcessGroup: @unchecked Sendable {
  /// How long processes wait for each other.
  public struct Limits: Sendable, Equatable {
    /// For all to come at the start.
    public var joining: Duration
    /// For a sign of life, which each gives in a thread of its own.
    public var silence: Duration
    /// For a process that lives to reach the same operation.
    public var operation: Duration

    /// Five minutes, one minute and half an hour by default.
    public init(
      joining: Duration = .seconds(300), silence: Duration = .seconds(60),
      operation: Duration = .seconds(1800)
    ) {
      self.joining = joining
      self.silence = silence
      self.operation = operation
    }
  }

  /// This process's place.
  public let place: ProcessPlace
  /// Where this process computes.
  public let device: Device
  /// The number of this process, from 0.
  public var rank: Int { place.rank }
  /// The number of processes.
  public var size: Int { place.size }

  private let limits: Limits
  private let store: KeyValueStore
  private let pointer: OpaquePointer
  private let watch: PeerWatch
  /// How many texts have been gathered.
  private var textCount = 0
  /// Whether an operation failed: some threads of libtorch then wait for ever, and must not be waited for.
  private(set) var isBroken = false

  /// Joins the processes, each of which does so with its own place.
  /// - Parameters:
  ///   - device: where this process computes: the CPU in all of them, or a CUDA device of its own in each.
  ///   - limits: how long processes wait for each other.
  ///   - whenLost: called in another thread if another process was lost while this one waits for it without an end;
  ///     it should end this process.
  /// - Throws: `ProcessGroupError` where not all come in time, or they were told different things.
  public init(
    _ place: ProcessPlace, on device: Device = .cpu, limits: Limits = Limits(),
    whenLost: @escaping @Sendable (ProcessGroupError) -> Void
  ) throws(ProcessGroupError) {
    self.place = place
    self.device = device
    self.limits = limits
    let meeting = ProcessMeeting(place, limits)
    store = try meeting.openStore()
    let processes = try meeting.gather(in: store, on: device)
    do throws(TorchError) {
      pointer = try store.join(
        "operations/", rank: place.rank, of: place.size, address: meeting.interface,
        device: device, limit: limits.operation)
    } catch {
      throw meeting.error(.failedOperation("joining", reason: error.message))
    }
    watch = PeerWatch(
      try meeting.openStore(limit: limits.silence), rank: place.rank, processes: processes,
      address: meeting.address, limit: limits.silence, whenLost: whenLost)
  }

  deinit {
    watch.stop()
    if !isBroken { ct_process_group_free(pointer) }
  }

  /// Waits for all, and leaves: from now on the others may end.
  public func leave() throws(ProcessGroupError) {
    try barrier()
    watch.stop()
  }

  /// Tells the others why this process ends, so that they end with the same reason.
  public func fail(_ error: any Error) {
    watch.stop()
    let note = (error as? ProcessGroupError)?.note ?? "\(rank)\n\(error)"
    try? store.setLimit(.seconds(2))
    _ = try? store.setFirst(PeerWatch.failureKey, note)
  }

  /// Each process's tensor becomes the sum over all, which is the same in each to the bit.
  public func allReduce(_ tensor: Tensor) throws(ProcessGroupError) {
    try attempt("a sum") { () throws(TorchError) in
      try Tensor.perform("allReduce", [tensor]) { ct_all_reduce(pointer, $0[0]) }
    }
  }

  /// The tensors of all processes, which have the same shape, as one with another dimension in front, by rank.
  public func allGather(_ tensor: Tensor) throws(ProcessGroupError) -> Tensor {
    try attempt("gathering") { () throws(TorchError) in
      try Tensor.produce("allGather", [tensor]) { ct_all_gather(pointer, $0[0]) }
    }
  }

  /// Each process's tensor gets the elements of that of `root`, which has the same shape.
  public func broadcast(_ tensor: Tensor, from root: Int = 0) throws(ProcessGroupError) {
    try attempt("spreading") { () throws(TorchError) in
      try Tensor.perform("broadcast", [tensor]) { ct_broadcast(pointer, $0[0], Int32(root)) }
    }
  }

  /// Waits until all processes have come here.
  public func barrier() throws(ProcessGroupError) {
    try attempt("a meeting") { () throws(TorchError) in
      try Tensor.perform("barrier", []) { _ in ct_barrier(pointer) }
    }
  }

  /// A text of each process, by rank.
  public func gather(_ text: String) throws(ProcessGroupError) -> [String] {
    textCount += 1
    let key = "text/\(textCount)"
    try attempt("gathering texts") { () throws(TorchError) in
      try store.set("\(key)/\(rank)", text)
    }
    // The store waits for what is not there yet as long as for processes at the start, which read their data at different speeds.
    try barrier()
    let texts = try attempt("gathering texts") { () throws(TorchError) in
      try (0..<size).map { rank throws(TorchError) in
        try store.value(of: "\(key)/\(rank)")
      }
    }
    // Whoever ends over what it reads may keep the store that the others still read.
    try barrier()
    return texts
  }

  /// The sum of `tensor` over all processes; the gradient of each operand is the sum of the gradients of all results.
  func sum(_ tensor: Tensor) throws(TorchError) -> Tensor {
    try Tensor.produce("sum over processes", [tensor]) { ct_sum_over(pointer, $0[0]) }
  }

  /// Another connection of the same processes, for operations that overlap with those of this one.
  func makeConnection(_ name: String) throws(ProcessGroupError) -> OpaquePointer {
    try attempt("joining") { () throws(TorchError) in
      try store.join(
        "\(name)/", rank: rank, of: size, address: ProcessMeeting(place, limits).interface,
        device: device, limit: limits.operation)
    }
  }

  /// Runs an operation of all processes.
  /// - Throws: an error that names the process that made it fail, which takes a few seconds to find out.
  func attempt<Result>(
    _ operation: String, _ body: () throws(TorchError) -> Result
  ) throws(ProcessGroupError) -> Result {
    do throws(TorchError) {
      return try withExtendedLifetime(self) { () throws(TorchError) in try body() }
    } catch {
      throw explained(error) ?? self.error(.failedOperation(operation, reason: error.message))
    }
  }

  /// Finds out whether the loss of another process made libtorch fail; nil where none is lost.
  package func explained(_ error: TorchError) -> ProcessGroupError? {
    isBroken = true
    return watch.cause().map(self.error)
  }

  private func error(_ problem: ProcessGroupError.Problem) -> ProcessGroupError {
    ProcessGroupError(rank: rank, size: size, problem: problem)
  }
}

extension ProcessGroup: Equatable {
  /// Whether both are the same connection.
  public static func == (a: ProcessGroup, b: ProcessGroup) -> Bool { a === b }
}

import CTorch

/// Averages gradients over processes while the backward pass still computes others: c10d's `Reducer`, the engine of
/// PyTorch's `DistributedDataParallel`.
public final class GradientReducer {
  private let group: ProcessGroup
  private let pointer: OpaquePointer

  /// A reducer of the gradients of `parameters`, which are the same in every process.
  ///
  /// It has a connection of its own: its sums run beside the operations of `group`.
  /// - Throws: `ProcessGroupError`, and `TorchError` where there are no parameters.
  public init(of parameters: [Tensor], over group: ProcessGroup) throws {
    self.group = group
    let connection = try group.makeConnection("gradients")
    // libtorch's reducer keeps it alive.
    defer { ct_process_group_free(connection) }
    pointer = try Tensor.withPointers(of: parameters) { operands throws(TorchError) in
      guard let pointer = ct_reducer_make(connection, operands, Int32(clamping: operands.count))
      else { throw .last("GradientReducer") }
      return pointer
    }
  }

  deinit {
    // After a failure libtorch would wait for sums that never end.
    if !group.isBroken { ct_reducer_free(pointer) }
  }

  /// The backward pass of `loss`; afterwards the gradient of each parameter is the mean over all processes.
  ///
  /// In every call the same parameters get a gradient.
  /// - Throws: `ProcessGroupError` where another process is lost, and the errors of `Tensor.backward()`.
  public func backward(_ loss: Tensor) throws {
    do throws(TorchError) {
      try withExtendedLifetime(self) { () throws(TorchError) in
        try Tensor.perform("backward", [loss]) { ct_reducer_backward(pointer, $0[0]) }
      }
    } catch {
      throw group.explained(error) ?? error
    }
  }
}

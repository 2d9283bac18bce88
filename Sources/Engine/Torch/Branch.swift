import CTorch

/// Work that a CUDA device may do beside the work after it, where both are being recorded as one ``CUDAGraph``: short kernels of a
/// pass leave processors of the device without work, which those of another pass can use. Elsewhere it is done in its turn.
public final class Branch<Value> {
  private let value: Value
  private let pointer: OpaquePointer

  /// Gives `work` to `device`. What it computes is of use only after ``joined()``.
  /// - Throws: what `work` throws, and `TorchError`.
  public init(on device: Device, _ work: () throws -> Value) throws {
    guard let pointer = ct_branch_begin(device.number) else { throw TorchError.last("Branch") }
    let value = Result(catching: work)
    // A branch that is not ended would swallow everything that this thread does from now on.
    let isEnded = ct_branch_end(pointer) == 0
    do {
      self.value = try value.get()
      guard isEnded else { throw TorchError.last("Branch") }
    } catch {
      ct_branch_free(pointer)
      throw error
    }
    self.pointer = pointer
  }

  deinit {
    ct_branch_free(pointer)
  }

  /// What the work computed; the work that is given to the device from now on begins after it.
  public func joined() throws(TorchError) -> Value {
    guard ct_branch_join(pointer) == 0 else { throw .last("Branch.joined") }
    return value
  }
}

import CTorch

/// The work of a CUDA device that was recorded once and can be repeated as a whole: one launch instead of one for each of
/// its thousands of kernels.
public final class CUDAGraph {
  /// The results of the work, in memory of the graph: each replay writes new elements there.
  public let results: [Tensor]
  private let pointer: OpaquePointer

  /// Records `work` on `device` without doing it: `results` hold nothing before the first replay.
  ///
  /// The work must have been done once before, so that libraries are loaded and have chosen their kernels.
  /// - Parameter work: must not read the value of an element, copy from pageable memory of the CPU, or draw from a
  ///   `Generator`. Tensors that it reads or changes must stay at their addresses as long as the graph is replayed.
  /// - Throws: what `work` throws, and `TorchError` if `device` cannot record it.
  public init(on device: Device, _ work: () throws -> [Tensor]) throws {
    guard let pointer = ct_cuda_graph_begin(device.number) else {
      throw TorchError.last("CUDAGraph")
    }
    let results = Result(catching: work)
    // A recording that is not ended would swallow everything that this thread does from now on.
    let isEnded = ct_cuda_graph_end(pointer) == 0
    do {
      self.results = try results.get()
      guard isEnded else { throw TorchError.last("CUDAGraph") }
    } catch {
      ct_cuda_graph_free(pointer)
      throw error
    }
    self.pointer = pointer
  }

  deinit {
    ct_cuda_graph_free(pointer)
  }

  /// Repeats the work, on the elements that its operands hold now.
  public func replay() throws(TorchError) {
    try withExtendedLifetime(self) { () throws(TorchError) in
      guard ct_cuda_graph_replay(pointer) == 0 else { throw .last("CUDAGraph.replay") }
    }
  }
}

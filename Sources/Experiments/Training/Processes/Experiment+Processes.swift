import Torch

extension Experiment {
  /// Gives every process the weights, the state of the method and the momentum of rank 0.
  func spreadState(over group: ProcessGroup) throws {
    for (_, tensor) in try state().sorted(by: { $0.key < $1.key }) {
      // The elements are copied by an operation that libtorch counts as a change: what was computed from others is made anew.
      let elements = try tensor.detached().clone()
      try group.broadcast(elements)
      if group.rank != 0 { try tensor.detached().copyInPlace(elements) }
    }
  }

  /// Checks that every process has an image of each batch.
  /// - Throws: `ExperimentError.smallBatch`.
  func requireImages(for group: ProcessGroup) throws(ExperimentError) {
    guard order.batchSize >= group.size else {
      throw .smallBatch(size: order.batchSize, processes: group.size)
    }
  }
}

import Datasets
import Torch

extension Batch {
  /// x_q, N×3×H×W.
  package func queryTensor(on device: Device) throws(TorchError) -> Tensor {
    try tensor(query, layout.viewShape, .float32, device)
  }

  /// x_k, N×3×H×W; nil where it is x_q.
  package func keyTensor(on device: Device) throws(TorchError) -> Tensor? {
    guard let key else { return nil }
    return try tensor(key, layout.viewShape, .float32, device)
  }

  /// x_q in other styles, each N×3×H×W.
  package func styledTensors(on device: Device) throws(TorchError) -> [Tensor] {
    try styled.map { view throws(TorchError) in
      try tensor(view, layout.viewShape, .float32, device)
    }
  }

  /// The labels, N×… int64.
  package func labelTensor(on device: Device) throws(TorchError) -> Tensor {
    try tensor(labels, layout.labelShape, .int64, device)
  }

  /// On the CPU the tensor shares the batch's memory, which lives as long as the tensor; on a CUDA device it is a copy that
  /// may still be in progress.
  private func tensor(
    _ bytes: UnsafeRawBufferPointer, _ shape: [Int], _ dtype: DType, _ device: Device
  ) throws(TorchError) -> Tensor {
    let lent = try Tensor(lending: bytes, of: self, shape: [count] + shape, dtype: dtype)
    guard device != .cpu else { return lent }
    return try lent.pinned().movedAhead(to: device)
  }
}

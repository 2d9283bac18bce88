import Datasets
import Torch

extension Batch {
  /// x_q, N×3×H×W.
  func queryTensor(on device: Device) throws(TorchError) -> Tensor {
    try viewTensor(query, device)
  }

  /// x_k, N×3×H×W; nil where it is x_q.
  func keyTensor(on device: Device) throws(TorchError) -> Tensor? {
    guard let key else { return nil }
    return try viewTensor(key, device)
  }

  /// x_q in other styles, N×3×H×W each.
  func styledTensors(on device: Device) throws(TorchError) -> [Tensor] {
    try styled.map { view throws(TorchError) in try viewTensor(view, device) }
  }

  /// The labels, N×… int64.
  func labelTensor(on device: Device) throws(TorchError) -> Tensor {
    try withExtendedLifetime(self) { () throws(TorchError) in
      try Tensor(bytes: labels, shape: [count] + layout.labelShape, dtype: .int64)
        .moved(to: device)
    }
  }

  private func viewTensor(
    _ bytes: UnsafeRawBufferPointer, _ device: Device
  ) throws(TorchError) -> Tensor {
    try withExtendedLifetime(self) { () throws(TorchError) in
      try Tensor(bytes: bytes, shape: [count] + layout.viewShape, dtype: .float32)
        .moved(to: device)
    }
  }
}

import Datasets
import Inference
import Torch

extension Batch {
  /// The batch as the tensors of a training step.
  func stepInput(on device: Device) throws(TorchError) -> Stepper.Input {
    .init(
      query: try queryTensor(on: device), key: try keyTensor(on: device),
      styled: try styledTensors(on: device), labels: try labelTensor(on: device))
  }
}

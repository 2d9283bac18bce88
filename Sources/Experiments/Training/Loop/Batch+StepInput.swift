import Datasets
import Inference
import Torch

extension Batch {
  /// The tensors of a step.
  func stepInput(on device: Device) throws(TorchError) -> Stepper.Input {
    .init(
      query: try queryTensor(on: device), key: try keyTensor(on: device),
      styled: try styledTensors(on: device), labels: try labelTensor(on: device))
  }
}

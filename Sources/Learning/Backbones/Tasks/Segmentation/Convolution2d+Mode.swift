import Torch
import TorchNN

extension Convolution2d {
  /// The ReLU of the convolution normalised by constant statistics where it is judged, by the batch's own in training.
  func rectified(
    _ x: Tensor, by norm: BatchNorm2d, mode: NetworkMode
  ) throws(TorchError) -> Tensor {
    switch mode {
    case .evaluation: try self(x, normalizedBy: norm, activation: .relu)
    case .training: try norm.normalizingByBatch(self(x)).reluInPlace()
    }
  }
}

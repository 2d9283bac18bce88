import Torch
import TorchNN

extension Convolution2d {
  /// The convolution normalised by constant statistics where it is judged, by the batch's own in training.
  func normalized(
    _ x: Tensor, by norm: BatchNorm2d, mode: NetworkMode
  ) throws(TorchError) -> Tensor {
    switch mode {
    case .evaluation: try self(x, normalizedBy: norm)
    case .training: try norm.normalizingByBatch(self(x))
    }
  }
}

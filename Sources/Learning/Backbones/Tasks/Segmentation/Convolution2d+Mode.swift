import Torch
import TorchNN

extension Convolution2d {
  /// The ReLU of the normalised convolution: with constant statistics in evaluation, with those of the batch in training.
  func rectified(
    _ x: Tensor, by norm: BatchNorm2d, mode: NetworkMode
  ) throws(TorchError) -> Tensor {
    switch mode {
    case .evaluation: try self(x, normalizedBy: norm, activation: .relu)
    case .training(_, let share): try norm.normalizingByBatch(self(x), share: share).reluInPlace()
    }
  }
}

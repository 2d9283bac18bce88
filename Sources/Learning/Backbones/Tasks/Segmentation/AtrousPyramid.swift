import Torch
import TorchNN

/// Atrous spatial pyramid pooling (Chen et al. 2017): a 1×1 convolution, 3×3 ones at three rates and the pooled image, side
/// by side, then a 1×1 convolution over all of them; a batch norm and a ReLU after each.
final class AtrousPyramid: Module {
  static let rates = [12, 24, 36]

  let convs: [any PyramidBranch]
  let project: NormalizedConvolution

  private let dropout: Dropout

  init(_ inputs: Int, width: Int, dropout: Dropout) throws(TorchError) {
    self.dropout = dropout
    let dilated = try Self.rates.map { rate throws(TorchError) in
      try NormalizedConvolution(
        inputs, width, kernel: 3, geometry: .init(padding: .symmetric(rate), dilation: rate))
    }
    convs =
      [try NormalizedConvolution(inputs, width, kernel: 1)] + dilated
      + [try PooledConvolution(inputs, width)]
    project = try NormalizedConvolution(width * convs.count, width, kernel: 1)
  }

  func callAsFunction(_ x: Tensor, mode: NetworkMode) throws(TorchError) -> Tensor {
    let maps = try convs.map { branch throws(TorchError) in try branch(x, mode: mode) }
    let mixed = try project(Tensor.concatenated(maps, 1), mode: mode)
    guard case .training(let seed, let share) = mode else { return mixed }
    return try dropout(mixed, seed: seed, share: share)
  }
}

/// One branch, which sees the map at its own scale.
protocol PyramidBranch: Module {
  /// Maps N×C×h×w to N×width×h×w with no negative element.
  func callAsFunction(_ x: Tensor, mode: NetworkMode) throws(TorchError) -> Tensor
}

extension NormalizedConvolution: PyramidBranch {
  func callAsFunction(_ x: Tensor, mode: NetworkMode) throws(TorchError) -> Tensor {
    try convolution.rectified(x, by: norm, mode: mode)
  }
}

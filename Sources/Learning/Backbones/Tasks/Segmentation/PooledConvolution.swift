import Torch
import TorchNN

/// A 1×1 convolution of the mean of the whole map, repeated at every place.
final class PooledConvolution: PyramidBranch {
  static let stateKeys = [
    "convolution": "1",
    "norm": "2",
  ]

  let convolution: Convolution2d
  let norm: BatchNorm2d

  init(_ inputs: Int, _ outputs: Int) throws(TorchError) {
    convolution = try Convolution2d(inputs, outputs, kernel: 1)
    norm = try BatchNorm2d(outputs)
  }

  func callAsFunction(_ x: Tensor, mode: NetworkMode) throws(TorchError) -> Tensor {
    let mean = try x.mean([2, 3], keeping: true)
    let pooled = try convolution.rectified(mean, by: norm, mode: mode)
    // Bilinear interpolation of a single place is that place everywhere.
    return try OperationTrace.recording(.repetition, of: [pooled, x]) { () throws(TorchError) in
      try pooled.expanded([x.shape[0], pooled.shape[1], x.shape[2], x.shape[3]])
    }
  }
}

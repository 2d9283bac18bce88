import Torch

/// Instance norm for the first half of the channels, batch norm for the rest: IBN-Net's block "a" (Pan et al. 2018).
public final class InstanceBatchNorm2d: ConvolutionNorm {
  /// The published keys.
  public static let stateKeys = [
    "instance": "IN",
    "batch": "BN",
  ]

  let instance: InstanceNorm2d
  let batch: BatchNorm2d
  private let half: Int

  /// A norm over `channels` whose batch norm changes nothing until weights are loaded.
  public init(_ channels: Int) throws(TorchError) {
    half = channels / 2
    instance = try InstanceNorm2d(half)
    batch = try BatchNorm2d(channels - half)
  }

  /// Normalises N×channels×H×W maps.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let first = try instance(x.narrowed(1, 0..<half))
    let rest = try batch(x.narrowed(1, half..<x.shape[1]))
    return try Tensor.concatenated([first, rest], 1)
  }

  /// The normalised convolution after its ReLU. A trace gets the batch norm folded into the kernels, as in all other layers.
  public func rectified(
    _ convolution: Convolution2d, of x: Tensor
  ) throws(TorchError) -> Tensor {
    guard OperationTrace.isRecording, convolution.bias == nil else {
      return try self(convolution(x)).reluInPlace()
    }
    let scale = try batch.scale()
    let shift = try batch.bias.tensor - batch.runningMean.tensor * scale
    let maps = try convolution(
      x,
      applying: Kernels(
        weight: convolution.weight.tensor,
        scale: Tensor.concatenated([.ones([half], device: scale.device), scale]),
        bias: Tensor.concatenated([.zeros([half], device: scale.device), shift])))
    return try Tensor.concatenated(
      [instance(maps.narrowed(1, 0..<half)), maps.narrowed(1, half..<maps.shape[1])], 1
    ).relu()
  }
}

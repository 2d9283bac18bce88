import Torch

/// What a convolution lays on its input.
struct Kernels {
  /// Outputs×(inputs/groups)×height×width.
  let weight: Tensor
  /// What each output's kernel is multiplied by, outputs; nil where by nothing.
  var scale: Tensor?
  /// Outputs.
  let bias: Tensor?

  /// The scale folded into the weight, both in another type: half the size, where a scale would be cast in every pass.
  func folded(as dtype: DType) throws(TorchError) -> Kernels {
    let folded = try scale.map { scale throws(TorchError) in
      try weight * scale.reshaped([-1, 1, 1, 1])
    }
    return Kernels(
      weight: try (folded ?? weight).converted(to: dtype), bias: try bias?.converted(to: dtype))
  }
}

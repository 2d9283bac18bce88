import Torch

/// The kernels that a convolution applies to its input.
struct Kernels {
  /// Outputs×(inputs/groups)×height×width.
  let weight: Tensor
  /// Outputs: the factor of each output's kernel; nil if there is none.
  var scale: Tensor?
  /// Outputs.
  let bias: Tensor?

  /// The kernels in another type, with the scale folded into the weight: so no scale has to be cast in every pass.
  func folded(as dtype: DType) throws(TorchError) -> Kernels {
    let folded = try scale.map { scale throws(TorchError) in
      try weight * scale.reshaped([-1, 1, 1, 1])
    }
    return Kernels(
      weight: try (folded ?? weight).converted(to: dtype), bias: try bias?.converted(to: dtype))
  }
}

import Torch

/// What a convolution lays on its input.
struct Kernels {
  /// Outputs×(inputs/groups)×height×width.
  let weight: Tensor
  /// What each output's kernel is multiplied by, outputs; nil where by nothing.
  var scale: Tensor?
  /// Outputs.
  let bias: Tensor?
}

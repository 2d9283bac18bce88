#pragma once

#include <ATen/core/Tensor.h>

namespace kernels {

/// What follows a convolution.
enum class Activation : int64_t { identity, relu, relu6 };

/// The positions where kernels are applied.
struct Geometry {
  int64_t stride, padding, dilation, groups;
  /// The zeros to the right and at the bottom beyond those that are on every side (`padding`).
  int64_t trailing = 0;
};

/// f(convolution + bias) of N×C×H×W maps, with the kernels of `weight` each times its number in `scale`: in one pass for
/// float32 on the CPU, and with gradients that need only the input, the output and the kernels as they are stored.
/// - Parameters:
///   - scale: undefined for none.
///   - bias: undefined for none.
///   - addend: what is added before the activation, which is ReLU then; undefined for nothing.
at::Tensor convolve(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const at::Tensor &bias,
    Geometry geometry, Activation activation, const at::Tensor &addend = {});

/// max(x + y, 0) in place of x.
void add_relu_into(at::Tensor &x, const at::Tensor &y);

}  // namespace kernels

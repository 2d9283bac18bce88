#pragma once

#include <ATen/core/Tensor.h>

#include "Convolution.h"

namespace kernels {

/// What is added to a convolution and what follows it: f(convolution + bias + addend).
struct Ending {
  at::Tensor bias, addend;
  Activation activation;
};

/// f(convolution + bias + addend) with the scaled kernels, without recording gradients. All operands are in the type of x, except
/// that the weight and its scale may be float32.
at::Tensor activated_convolution(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const Ending &ending,
    const Geometry &geometry, bool uses_winograd);

/// The same with gradients, which need only its input, its output and the kernels as they are stored.
at::Tensor recorded_convolution(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const Ending &ending,
    const Geometry &geometry, bool uses_winograd);

}  // namespace kernels

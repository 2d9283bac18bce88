#pragma once

#include <ATen/core/Tensor.h>

namespace kernels {

/// The gradients of the kernels that were applied, in their shape, and of the bias, one for each output.
struct KernelGradients {
  at::Tensor kernels, bias;
};

}  // namespace kernels

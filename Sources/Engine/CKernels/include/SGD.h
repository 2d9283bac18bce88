#pragma once

#include <ATen/core/Tensor.h>

namespace kernels {

/// The numbers of an update b ← momentum·b + gradient·g + decay·p, p ← p − step·b.
struct SGDRates {
  double momentum, gradient, decay, step;
};

/// One update of every parameter p with its gradient g and its momentum buffer b; for float32 on the CPU in one pass over memory.
void update_by_sgd(at::TensorList parameters, at::TensorList gradients, at::TensorList buffers, SGDRates rates);

}  // namespace kernels

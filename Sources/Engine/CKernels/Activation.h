#pragma once

#include "Convolution.h"

namespace kernels {

/// Applies f in place, to a tensor for which no gradient is recorded.
void activate(at::Tensor &y, Activation activation);

/// The gradient before f, computed from the gradient after it and from the output of f.
at::Tensor activation_gradient(const at::Tensor &dy, const at::Tensor &y, Activation activation);

/// f(y) in place of y, with its gradient.
at::Tensor activated_in_place(at::Tensor y, Activation activation);

}  // namespace kernels

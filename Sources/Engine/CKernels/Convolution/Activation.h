#pragma once

#include "Convolution.h"

namespace kernels {

/// Applies f in place, to a tensor for which no gradient is recorded.
void activate(at::Tensor &y, Activation activation);

/// max(x + y, 0) in place of x, for which no gradient is recorded, in one pass.
void add_and_rectify(at::Tensor &x, const at::Tensor &y);

/// The gradient before f, computed from the gradient after it and from the output of f; it takes the place of `dy` where nobody
/// else holds that.
at::Tensor activation_gradient(at::Tensor dy, const at::Tensor &y, Activation activation);

/// f(y) in place of y, with its gradient.
at::Tensor activated_in_place(at::Tensor y, Activation activation);

}  // namespace kernels

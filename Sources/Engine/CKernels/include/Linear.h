#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

namespace kernels {

/// What a linear layer does to its input first.
struct LinearInput {
  enum class Step : int64_t { none, gelu, quick_gelu, norm };

  Step step = Step::none;
  /// γ, β and ε of a norm over the last dimension.
  at::Tensor weight, bias;
  double epsilon = 0;
};

/// A change s·B·A of a linear layer's weight.
struct LowRank {
  at::Tensor a, b;
  double scale = 1;
};

/// f(x)·(W + s·B·A)ᵀ + b for …×inputs of float32 on the CPU. The backward pass needs only x itself: what `input` makes of it is
/// computed again there.
/// - Parameters:
///   - bias: undefined for none.
///   - change: of undefined factors for none.
at::Tensor linear(
    const at::Tensor &x, const LinearInput &input, const at::Tensor &weight, const at::Tensor &bias,
    const LowRank &change);

/// a·b, as at::matmul, by oneDNN where that is faster.
at::Tensor matmul(const at::Tensor &a, const at::Tensor &b);

}  // namespace kernels

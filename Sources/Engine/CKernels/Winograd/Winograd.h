#pragma once

#include <ATen/core/Tensor.h>

/// 3×3 convolutions by Winograd's minimal filtering (Lavin & Gray 2016): a quarter of the multiplications.
///
/// None of these functions records gradients.
namespace winograd {

/// Whether this makes a convolution of float32 maps on the CPU faster: it must be 3×3, of stride 1, keep the size of its
/// input, and have enough channels and places. The operands must fit.
bool suits(
    const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding, int64_t dilation,
    int64_t groups);

/// What happens to the sums of a convolution: the bias of each channel and a map of their shape are added, where they are defined,
/// and then `rectifies` says whether the result is max(y, 0).
struct Completion {
  at::Tensor bias, addend;
  bool rectifies = false;
};

/// The convolution of N×C×H×W maps with K×C×3×3 kernels, each times its number in `scale` where that is defined: N×K×H×W.
at::Tensor convolve(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const Completion &completion,
    int64_t dilation);

/// The gradient of x, computed from the gradient of the convolution, `dy`.
at::Tensor input_gradient(
    const at::Tensor &dy, const at::Tensor &weight, const at::Tensor &scale, int64_t dilation);

/// The gradient of the kernels that were applied.
at::Tensor kernel_gradient(const at::Tensor &x, const at::Tensor &dy, int64_t dilation);

}  // namespace winograd

#pragma once

#include <ATen/ATen.h>

/// 3×3 convolutions by Winograd's minimal filtering (Lavin & Gray 2016): a quarter of the multiplications.
///
/// None of these functions records gradients.
namespace winograd {

/// Whether this makes a convolution of float32 maps on the CPU faster: it must be 3×3, of stride 1, keep the size of its
/// input, and have enough channels and places. The operands must fit.
bool suits(
    const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding, int64_t dilation,
    int64_t groups);

/// The convolution of N×C×H×W maps with K×C×3×3 kernels: N×K×H×W.
/// - Parameter rectifies: whether the result is max(y, 0).
at::Tensor convolve(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, int64_t dilation,
    bool rectifies);

/// The gradient of x, computed from the gradient of the convolution, `dy`.
at::Tensor input_gradient(const at::Tensor &dy, const at::Tensor &weight, int64_t dilation);

/// The gradient of the kernels.
at::Tensor kernel_gradient(const at::Tensor &x, const at::Tensor &dy, int64_t dilation);

}  // namespace winograd

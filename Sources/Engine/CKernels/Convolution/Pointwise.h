#pragma once

#include "Convolution/KernelGradients.h"

/// 1×1 convolutions, whose gradients are products of matrices.
namespace pointwise {

/// Whether this computes the gradient of the kernels faster than oneDNN, which uses its older code for that: for float32 maps on the CPU,
/// with AVX-512 only if their channels give each thread some. The operands must fit.
bool suits(const at::Tensor &x, const at::Tensor &weight, int64_t padding, int64_t groups);

/// Whether loops over all channels of a place, with AVX-512, are faster than a library for products of matrices with so many columns
/// on the right.
bool suits(int64_t channels);

/// The gradients of K×C×1×1 kernels, computed from N×C×H×W maps and the gradient of the convolution, N×K×h×w. Records no gradients.
kernels::KernelGradients gradients(const at::Tensor &x, const at::Tensor &dy, int64_t stride);

}  // namespace pointwise

#pragma once

#include <ATen/core/Tensor.h>

namespace kernels {

/// Whether oneDNN computes rows·weightᵀ faster than libtorch's BLAS: where it has AVX-512, which MKL uses on some processors only,
/// and for matrices that are large enough.
bool suits_onednn(const at::Tensor &rows, const at::Tensor &weight);

/// rows·weightᵀ + bias for M×I, O×I and, unless undefined, O; without gradients.
at::Tensor product(const at::Tensor &rows, const at::Tensor &weight, const at::Tensor &bias = {});

/// The gradients of a product's weight and bias.
struct WeightGradients {
  at::Tensor weight, bias;
};

/// yᵀ·rows and the sum of y's rows for M×I `rows` and M×O `y`, the gradient of a product.
WeightGradients weight_gradients(const at::Tensor &rows, const at::Tensor &y);

}  // namespace kernels

#include "Linear/Product.h"

#include <ATen/ops/linear.h>
#include <ATen/ops/mkldnn_convolution.h>
#include <ATen/ops/mm.h>

#include "Convolution/Pointwise.h"
#include "Instructions.h"

namespace kernels {

namespace {

/// The multiplications from which on another way to a product than libtorch's is worth it.
constexpr int64_t large = int64_t{1} << 22;

bool is_matrix(const at::Tensor &x) { return x.dim() == 2 && x.is_cpu() && x.scalar_type() == at::kFloat; }

/// Whether the product of M×I and I×O matrices has so many.
bool is_large(const at::Tensor &rows, int64_t outputs) {
  return rows.numel() >= large / std::max<int64_t>(1, outputs);
}

/// M×C rows as the places of one map, 1×C×1×M with the channels last; shares their elements.
at::Tensor as_map(const at::Tensor &rows) {
  return rows.view({1, 1, rows.size(0), rows.size(1)}).permute({0, 3, 1, 2});
}

}  // namespace

bool suits_onednn(const at::Tensor &rows, const at::Tensor &weight) {
  return vectors::chosen() == vectors::Instructions::avx512 && at::hasMKLDNN() &&
         at::globalContext().userEnabledMkldnn() && is_matrix(rows) && rows.is_contiguous() && is_matrix(weight) &&
         rows.size(1) == weight.size(1) && is_large(rows, weight.size(0));
}

at::Tensor product(const at::Tensor &rows, const at::Tensor &weight, const at::Tensor &bias) {
  const auto shift = bias.defined() ? std::optional(bias) : std::nullopt;
  if (!suits_onednn(rows, weight)) return at::linear(rows, weight, shift);
  // A product is a convolution of 1×1 kernels, which libtorch always leaves to oneDNN when it is asked for by this name.
  const int64_t one[] = {1, 1}, zero[] = {0, 0};
  const at::Tensor y = at::mkldnn_convolution(
      as_map(rows), weight.view({weight.size(0), weight.size(1), 1, 1}), shift, zero, one, one, 1);
  return y.permute({0, 2, 3, 1}).reshape({rows.size(0), weight.size(0)});
}

WeightGradients weight_gradients(const at::Tensor &rows, const at::Tensor &y) {
  const bool suits =
      is_matrix(rows) && is_matrix(y) && is_large(rows, y.size(1)) && pointwise::suits(rows.size(1));
  if (!suits) return {at::mm(y.t(), rows), y.sum(0)};
  const auto found = pointwise::gradients(as_map(rows), as_map(y), 1);
  return {found.kernels.view({y.size(1), rows.size(1)}), found.bias};
}

}  // namespace kernels

#include "Convolution/ScaledKernels.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mul.h>

#include "Vectors/MemoryOrder.h"
#include "Vectors/Parallel.h"

namespace kernels {

namespace {

/// Whether each kernel is a row of memory.
bool is_by_rows(const at::Tensor &weight) {
  return weight.is_cpu() && weight.numel() > 0 &&
         (weight.is_contiguous() || weight.is_contiguous(at::MemoryFormat::ChannelsLast));
}

/// weight·scale, a row for each kernel, rounded to bfloat16 in the same pass.
at::Tensor scaled_to_bfloat16(const at::Tensor &weight, const at::Tensor &scale) {
  const at::Tensor kernels = at::empty_like(weight, weight.options().dtype(at::kBFloat16));
  const at::Tensor scales = scale.contiguous();
  const auto *from = weight.data_ptr<float>(), *by = scales.data_ptr<float>();
  auto *to = kernels.data_ptr<at::BFloat16>();
  const int64_t length = weight.numel() / weight.size(0);
  in_parallel(weight.size(0), [&](Range rows, auto) ALWAYS_INLINE {
    for (int64_t row = rows.begin; row < rows.end; row++) {
      const float factor = by[row];
      for (int64_t i = row * length; i < (row + 1) * length; i++)
        to[i] = static_cast<at::BFloat16>(from[i] * factor);
    }
  });
  return kernels;
}

/// Σ gradient·weight of a row; gradient·factor is written to `out`, unless that is null.
template <typename Lane, typename Number>
VECTOR_INLINE float unscale_row(
    vectors::Of<Lane>, const Number *gradient, const float *weight, float factor, int64_t length, float *out) {
  constexpr int width = vectors::width<Lane>;
  Lane sums{};
  int64_t i = 0;
  for (; i + width <= length; i += width) {
    Lane values, weights;
    vectors::load(gradient + i, values);
    vectors::load(weight + i, weights);
    sums += values * weights;
    if (out) vectors::store(values * factor, out + i);
  }
  float sum = 0;
  for (int j = 0; j < width; j++) sum += sums[j];
  for (; i < length; i++) {
    const float value = static_cast<float>(gradient[i]);
    sum += value * weight[i];
    if (out) out[i] = value * factor;
  }
  return sum;
}

/// The gradients in one pass; `gradient` and `weight` have a row for each kernel, in the same order.
template <typename Number>
ScaledGradients unscaled_by_rows(
    const at::Tensor &gradient, const at::Tensor &weight, const at::Tensor &scale, bool needs_weight) {
  const at::Tensor scales = scale.contiguous();
  const at::Tensor sums = at::empty_like(scales);
  at::Tensor weights;
  if (needs_weight) weights = gradient.scalar_type() == at::kFloat ? gradient : at::empty_like(weight);
  const auto *from = gradient.data_ptr<Number>();
  const auto *kernels = weight.data_ptr<float>(), *by = scales.data_ptr<float>();
  float *out = needs_weight ? weights.data_ptr<float>() : nullptr;
  float *sum = sums.data_ptr<float>();
  const int64_t length = weight.numel() / weight.size(0);
  in_parallel(weight.size(0), [&](Range rows, auto vector) ALWAYS_INLINE {
    for (int64_t row = rows.begin; row < rows.end; row++) {
      const int64_t first = row * length;
      sum[row] = unscale_row(
          vector, from + first, kernels + first, by[row], length, out ? out + first : nullptr);
    }
  });
  return {weights, sums};
}

}  // namespace

at::Tensor factors(const at::Tensor &weight, const at::Tensor &scale) {
  TORCH_CHECK(
      scale.dim() == 1 && weight.dim() == 4 && scale.size(0) == weight.size(0),
      "expected a scale for each kernel");
  return scale.view({-1, 1, 1, 1});
}

at::Tensor scaled(const at::Tensor &weight, const at::Tensor &scale, at::ScalarType type) {
  const at::NoGradGuard unrecorded;
  if (!scale.defined()) return weight.to(type);
  const at::Tensor multipliers = factors(weight, scale);
  if (type == at::kBFloat16 && weight.scalar_type() == at::kFloat && scale.scalar_type() == at::kFloat &&
      is_by_rows(weight))
    return scaled_to_bfloat16(weight, scale);
  at::Tensor kernels = at::empty_like(weight, weight.options().dtype(type));
  return at::mul_out(kernels, weight, multipliers);
}

ScaledGradients unscaled(
    const at::Tensor &kernel_gradient, const at::Tensor &weight, const at::Tensor &scale, bool needs_weight,
    bool needs_scale) {
  const at::NoGradGuard unrecorded;
  if (!needs_weight && !needs_scale) return {};
  if (!scale.defined()) return {kernel_gradient.to(weight.scalar_type()), {}};
  if (is_by_rows(weight) && weight.scalar_type() == at::kFloat && scale.scalar_type() == at::kFloat) {
    const at::Tensor ordered = kernel_gradient.contiguous(weight.suggest_memory_format());
    if (ordered.scalar_type() == at::kFloat && lie_alike(ordered, weight))
      return unscaled_by_rows<float>(ordered, weight, scale, needs_weight);
    if (ordered.scalar_type() == at::kBFloat16 && lie_alike(ordered, weight))
      return unscaled_by_rows<at::BFloat16>(ordered, weight, scale, needs_weight);
  }
  at::Tensor gradient = kernel_gradient.to(weight.scalar_type());
  at::Tensor sums = (gradient * weight).sum({1, 2, 3});
  if (needs_weight) gradient.mul_(factors(weight, scale));
  return {needs_weight ? gradient : at::Tensor(), sums};
}

}  // namespace kernels

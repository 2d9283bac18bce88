#include "Linear/LinearInput.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/gelu_backward.h>
#include <ATen/ops/native_layer_norm.h>
#include <ATen/ops/native_layer_norm_backward.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/silu_backward.h>

namespace kernels {

namespace {

/// QuickGELU(x) = SiLU(1.702·x) / 1.702.
constexpr double quickness = 1.702;

}  // namespace

ReadRows read(const at::Tensor &x, const LinearInput &input) {
  switch (input.step) {
    case LinearInput::Step::none: return {x};
    case LinearInput::Step::gelu: return {at::gelu(x)};
    case LinearInput::Step::quick_gelu: return {at::silu(x * quickness).mul_(1 / quickness)};
    case LinearInput::Step::norm: {
      const auto [rows, mean, deviation] =
          at::native_layer_norm(x, {x.size(-1)}, input.weight, input.bias, input.epsilon);
      return {rows, mean, deviation};
    }
  }
  return {x};
}

InputGradients input_gradients(
    at::Tensor gradient, const at::Tensor &x, const LinearInput &input, const ReadRows &read,
    std::array<bool, 3> needed) {
  switch (input.step) {
    case LinearInput::Step::none: break;
    case LinearInput::Step::gelu: at::gelu_backward_out(gradient, gradient, x); break;
    case LinearInput::Step::quick_gelu: at::silu_backward_out(gradient, gradient, x * quickness); break;
    case LinearInput::Step::norm: {
      const auto [dx, dweight, dbias] = at::native_layer_norm_backward(
          gradient, x, {x.size(-1)}, read.mean, read.deviation, input.weight, input.bias, needed);
      return {dx, dweight, dbias};
    }
  }
  return {gradient};
}

}  // namespace kernels

#include "Convolution/Activation.h"

#include <ATen/ops/_add_relu.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/hardtanh.h>
#include <ATen/ops/hardtanh_backward.h>
#include <ATen/ops/threshold_backward.h>
#include <torch/csrc/autograd/custom_function.h>

#include "Vectors/MemoryOrder.h"
#include "Vectors/Parallel.h"

namespace kernels {

void activate(at::Tensor &y, Activation activation) {
  if (activation == Activation::relu) y.relu_();
  if (activation == Activation::relu6) at::hardtanh_(y, 0, 6);
}

void add_and_rectify(at::Tensor &x, const at::Tensor &y) {
  const auto type = x.scalar_type();
  if (x.is_cpu() && (type == at::kFloat || type == at::kDouble)) {
    at::_add_relu_(x, y);
  } else if (x.is_cpu() && type == at::kBFloat16 && y.scalar_type() == type && lie_alike(x, y)) {
    auto *sums = x.data_ptr<at::BFloat16>();
    const auto *addends = y.data_ptr<at::BFloat16>();
    in_parallel(x.numel(), [=](Range part, auto) ALWAYS_INLINE {
      for (int64_t i = part.begin; i < part.end; i++) {
        const float sum = static_cast<float>(sums[i]) + static_cast<float>(addends[i]);
        // So that NaN stays NaN.
        sums[i] = static_cast<at::BFloat16>(sum <= 0 ? 0 : sum);
      }
    });
  } else {
    x.add_(y).relu_();
  }
}

at::Tensor activation_gradient(at::Tensor dy, const at::Tensor &y, Activation activation) {
  if (activation == Activation::identity) return dy;
  const bool is_ours = dy.use_count() == 1 && dy.storage().use_count() == 1 && !at::GradMode::is_enabled();
  at::Tensor dx = is_ours ? dy : at::empty_like(dy);
  // The output of ReLU6 lies strictly between 0 and 6 exactly where its input did.
  return activation == Activation::relu6 ? at::hardtanh_backward_out(dx, dy, y, 0, 6)
                                         : at::threshold_backward_out(dx, dy, y, 0);
}

namespace {

/// max(x + y, 0) in place of x, in one pass; the gradient of both follows from the result.
struct AddReluInPlace : torch::autograd::Function<AddReluInPlace> {
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, at::Tensor x, at::Tensor y) {
    add_and_rectify(x, y);
    context->mark_dirty({x});
    context->save_for_backward({x});
    return x;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients) {
    const auto gradient =
        activation_gradient(gradients[0], context->get_saved_variables()[0], Activation::relu);
    return {gradient, gradient};
  }
};

/// ReLU6 in place; its gradient follows from its own output, while hardtanh_ keeps a copy of its input.
struct Relu6InPlace : torch::autograd::Function<Relu6InPlace> {
  static at::Tensor forward(torch::autograd::AutogradContext *context, at::Tensor x) {
    activate(x, Activation::relu6);
    context->mark_dirty({x});
    context->save_for_backward({x});
    return x;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients) {
    return {activation_gradient(gradients[0], context->get_saved_variables()[0], Activation::relu6)};
  }
};

}  // namespace

at::Tensor activated_in_place(at::Tensor y, Activation activation) {
  if (activation == Activation::relu) y.relu_();
  return activation == Activation::relu6 ? Relu6InPlace::apply(y) : y;
}

void add_relu_into(at::Tensor &x, const at::Tensor &y) {
  const auto type = x.scalar_type();
  if (x.is_cpu() && y.is_cpu() && type == y.scalar_type() &&
      (type == at::kFloat || type == at::kDouble)) {
    AddReluInPlace::apply(x, y);
  } else {
    x.add_(y).relu_();
  }
}

}  // namespace kernels

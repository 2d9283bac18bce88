#include "Activation.h"

#include <torch/csrc/autograd/custom_function.h>

namespace kernels {

void activate(at::Tensor &y, Activation activation) {
  if (activation == Activation::relu) y.relu_();
  if (activation == Activation::relu6) at::hardtanh_(y, 0, 6);
}

at::Tensor activation_gradient(
    const at::Tensor &dy, const at::Tensor &y, Activation activation) {
  // The output of ReLU6 lies strictly between 0 and 6 exactly where its input did.
  if (activation == Activation::relu6) return at::hardtanh_backward(dy, y, 0, 6);
  return activation == Activation::relu ? at::threshold_backward(dy, y, 0) : dy;
}

namespace {

/// max(x + y, 0) in place of x, in one pass; the gradient of both follows from the result.
struct AddReluInPlace : torch::autograd::Function<AddReluInPlace> {
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, at::Tensor x, at::Tensor y) {
    at::_add_relu_(x, y);
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

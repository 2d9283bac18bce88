#include "Linear.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/mm.h>
#include <torch/csrc/autograd/custom_function.h>

#include "Linear/LinearInput.h"
#include "Linear/Product.h"

namespace kernels {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// …×C as rows of C.
at::Tensor rows_of(const at::Tensor &x) { return x.reshape({-1, x.size(-1)}).contiguous(); }

/// W + s·B·A: one product more, but of small matrices; beside x·Wᵀ it would be two thin ones and a sum over all of y.
at::Tensor changed(const at::Tensor &weight, const LowRank &change) {
  return change.a.defined() ? at::addmm(weight, change.b, change.a, 1, change.scale) : weight;
}

at::Tensor computed(
    const at::Tensor &x, const LinearInput &input, const at::Tensor &weight, const at::Tensor &bias,
    const LowRank &change) {
  // The result is no view of what libtorch computes in between, so that it can be changed in place.
  const at::AutoDispatchBelowADInplaceOrView guard;
  auto shape = x.sizes().vec();
  shape.back() = weight.size(0);
  return product(read(rows_of(x), input).rows, changed(weight, change), bias).view(shape);
}

struct Linear : torch::autograd::Function<Linear> {
  static at::Tensor forward(
      AutogradContext *context, at::Tensor x, at::Tensor weight, std::optional<at::Tensor> gamma,
      std::optional<at::Tensor> beta, std::optional<at::Tensor> bias, std::optional<at::Tensor> a,
      std::optional<at::Tensor> b, LinearInput::Step step, double epsilon, double scale) {
    const auto given = [](const std::optional<at::Tensor> &tensor) { return tensor.value_or(at::Tensor()); };
    const LinearInput input{step, given(gamma), given(beta), epsilon};
    const LowRank change{given(a), given(b), scale};
    context->save_for_backward({x, weight, input.weight, input.bias, change.a, change.b});
    context->saved_data["step"] = static_cast<int64_t>(step);
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["scale"] = scale;
    context->saved_data["has_bias"] = bias.has_value();
    return computed(x, input, weight, given(bias), change);
  }

  static variable_list backward(AutogradContext *context, variable_list &gradients) {
    const auto saved = context->get_saved_variables();
    const auto &weight = saved[1];
    const at::Tensor x = rows_of(saved[0]);
    const LinearInput input{
        static_cast<LinearInput::Step>(context->saved_data["step"].toInt()), saved[2], saved[3],
        context->saved_data["epsilon"].toDouble()};
    const LowRank change{saved[4], saved[5], context->saved_data["scale"].toDouble()};
    const at::Tensor dy = rows_of(gradients[0]);
    gradients[0].reset();
    // Absent operands are not counted.
    int64_t operand = 2;
    const auto needs = [&](bool is_given) { return is_given && context->needs_input_grad(operand++); };
    const bool needs_x = context->needs_input_grad(0), needs_weight = context->needs_input_grad(1);
    const bool needs_gamma = needs(input.weight.defined()), needs_beta = needs(input.bias.defined());
    const bool needs_bias = needs(context->saved_data["has_bias"].toBool());
    const bool needs_a = needs(change.a.defined()), needs_b = needs(change.b.defined());
    const bool needs_rows = needs_x || needs_gamma || needs_beta;

    ReadRows again;
    const bool is_norm = input.step == LinearInput::Step::norm;
    if (needs_weight || needs_a || needs_b || (is_norm && needs_rows)) again = read(x, input);
    at::Tensor dweight, dbias, da, db;
    if (needs_weight) {
      const auto found = weight_gradients(again.rows, dy);
      dweight = found.weight;
      if (needs_bias) dbias = found.bias;
    } else if (needs_bias) {
      dbias = dy.sum(0);
    }
    if (needs_b) db = at::mm(dy.t(), at::mm(again.rows, change.a.t())).mul_(change.scale);
    if (needs_a) da = at::mm(at::mm(dy, change.b).t(), again.rows).mul_(change.scale);
    again.rows.reset();
    InputGradients found;
    if (needs_rows)
      found = input_gradients(
          product(dy, changed(weight, change).t()), x, input, again,
          {needs_x, needs_gamma, needs_beta});
    if (found.x.defined()) found.x = found.x.view(saved[0].sizes());
    return {found.x, dweight, found.weight, found.bias, dbias, da, db, {}, {}, {}};
  }
};

}  // namespace

at::Tensor linear(
    const at::Tensor &x, const LinearInput &input, const at::Tensor &weight, const at::Tensor &bias,
    const LowRank &change) {
  TORCH_CHECK(
      x.dim() > 0 && weight.dim() == 2 && x.size(-1) == weight.size(1),
      "expected inputs whose last dimension is that of the weight, found ", x.sizes(), " and ", weight.sizes());
  const auto given = [](const at::Tensor &tensor) {
    return tensor.defined() ? std::optional(tensor) : std::nullopt;
  };
  // Without gradients, nothing is saved.
  return Linear::apply(
      x, weight, given(input.weight), given(input.bias), given(bias), given(change.a), given(change.b),
      input.step, input.epsilon, change.scale);
}

at::Tensor matmul(const at::Tensor &a, const at::Tensor &b) {
  const bool records = at::GradMode::is_enabled() && (a.requires_grad() || b.requires_grad());
  if (!records && a.dim() == 2 && b.dim() == 2 && !at::autocast::is_autocast_enabled(at::kCPU) && a.is_cpu()) {
    const at::Tensor columns = b.t();
    if (suits_onednn(a, columns)) return product(a, columns);
  }
  return at::matmul(a, b);
}

}  // namespace kernels

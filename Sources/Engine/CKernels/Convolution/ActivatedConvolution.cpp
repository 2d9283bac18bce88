#include "Convolution/ActivatedConvolution.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <torch/csrc/autograd/custom_function.h>

#include "Convolution/Activation.h"
#include "Convolution/Depthwise.h"
#include "Convolution/Pointwise.h"
#include "Convolution/ScaledKernels.h"
#include "Winograd/Winograd.h"

namespace kernels {

namespace {

/// oneDNN's convolution with an activation in the same pass; undefined if this libtorch does not have it.
at::Tensor fused(
    const at::Tensor &x, const at::Tensor &kernels, const at::Tensor &bias, const Geometry &geometry,
    Activation activation) {
  using Scalars = c10::List<std::optional<at::Scalar>>;
  using Signature = at::Tensor(
      const at::Tensor &, const at::Tensor &, const std::optional<at::Tensor> &, at::IntArrayRef,
      at::IntArrayRef, at::IntArrayRef, int64_t, std::string_view, Scalars,
      std::optional<std::string_view>);
  static const auto operation =
      c10::Dispatcher::singleton().findSchema({"mkldnn::_convolution_pointwise", ""});
  if (!operation || !at::globalContext().userEnabledMkldnn() || !at::hasMKLDNN()) return {};
  const int64_t padding[] = {geometry.padding, geometry.padding};
  const int64_t stride[] = {geometry.stride, geometry.stride};
  const int64_t dilation[] = {geometry.dilation, geometry.dilation};
  const bool is_relu = activation == Activation::relu;
  Scalars bounds;
  if (!is_relu) {
    bounds.push_back(at::Scalar(0.0));
    bounds.push_back(at::Scalar(6.0));
  }
  return operation->typed<Signature>().call(
      x, kernels, bias.defined() ? std::optional(bias) : std::nullopt, padding, stride, dilation,
      geometry.groups, is_relu ? "relu" : "hardtanh", bounds, "");
}

}  // namespace

at::Tensor activated_convolution(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const Ending &ending,
    const Geometry &geometry, bool uses_winograd) {
  at::Tensor y;
  if (uses_winograd) {
    const bool rectifies = ending.activation == Activation::relu;
    y = winograd::convolve(x, weight, scale, {ending.bias, ending.addend, rectifies}, geometry.dilation);
    if (!rectifies) activate(y, ending.activation);
    return y;
  }
  const auto [kernels, even] = depthwise::extended(scaled(weight, scale, x.scalar_type()), geometry);
  if (!ending.addend.defined() && ending.activation != Activation::identity)
    y = fused(x, kernels, ending.bias, even, ending.activation);
  if (y.defined()) return y;
  y = at::conv2d(x, kernels, ending.bias, even.stride, even.padding, even.dilation, even.groups);
  if (ending.addend.defined()) {
    // oneDNN would copy the addend first, which takes longer.
    add_and_rectify(y, ending.addend);
  } else {
    activate(y, ending.activation);
  }
  return y;
}

namespace {

/// f(convolution + bias + addend), whose gradients need only its input, its output and the kernels as they are stored.
struct ActivatedConvolution : torch::autograd::Function<ActivatedConvolution> {
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, at::Tensor x, at::Tensor weight,
      std::optional<at::Tensor> scale, std::optional<at::Tensor> bias, std::optional<at::Tensor> addend,
      Geometry geometry, Activation activation, bool uses_winograd) {
    const at::Tensor factors = scale.value_or(at::Tensor());
    const Ending ending{bias.value_or(at::Tensor()), addend.value_or(at::Tensor()), activation};
    const at::Tensor y = activated_convolution(x, weight, factors, ending, geometry, uses_winograd);
    context->save_for_backward({x, weight, factors, activation == Activation::identity ? at::Tensor() : y});
    context->saved_data["geometry"] = std::vector<int64_t>{
        geometry.stride, geometry.padding, geometry.dilation, geometry.groups, geometry.trailing};
    context->saved_data["has_bias"] = bias.has_value();
    context->saved_data["has_addend"] = addend.has_value();
    context->saved_data["activation"] = static_cast<int64_t>(activation);
    context->saved_data["uses_winograd"] = uses_winograd;
    return y;
  }

  /// `gradients` is not copied, so that a gradient that nobody else holds can be overwritten.
  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list &gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &weight = saved[1], &scale = saved[2];
    const auto numbers = context->saved_data["geometry"].toIntVector();
    const Geometry geometry{numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]};
    const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
    at::Tensor given = gradients[0].contiguous(at::MemoryFormat::ChannelsLast);
    gradients[0].reset();
    const auto dy = activation_gradient(std::move(given), saved[3], activation);
    // Absent operands are not counted.
    int64_t operand = 2;
    const auto needs = [&](bool is_given) { return is_given && context->needs_input_grad(operand++); };
    const bool needs_x = context->needs_input_grad(0), needs_weight = context->needs_input_grad(1);
    const bool needs_scale = needs(scale.defined());
    const bool needs_bias = needs(context->saved_data["has_bias"].toBool());
    const bool needs_addend = needs(context->saved_data["has_addend"].toBool());
    const bool needs_kernels = needs_weight || needs_scale;
    at::Tensor dx, dkernels, dbias;
    if (context->saved_data["uses_winograd"].toBool()) {
      if (needs_x) dx = winograd::input_gradient(dy, weight, scale, geometry.dilation);
      if (needs_kernels) dkernels = winograd::kernel_gradient(x, dy, geometry.dilation);
      if (needs_bias) dbias = dy.sum({0, 2, 3});
    } else {
      const bool is_float = needs_kernels && dy.scalar_type() == at::kFloat;
      const bool is_pointwise = is_float && pointwise::suits(x, weight, geometry.padding, geometry.groups);
      const bool suits = is_pointwise || (is_float && depthwise::suits(x, weight, geometry));
      if (suits) {
        const auto found = is_pointwise ? pointwise::gradients(x, dy, geometry.stride)
                                        : depthwise::gradients(x, dy, weight.size(2), geometry);
        dkernels = found.kernels;
        if (needs_bias) dbias = found.bias;
      }
      // The scaled kernels are computed again: those of a network would take as much memory as its weights.
      if (needs_x || !suits) {
        const auto [kernels, even] = depthwise::extended(
            scaled(weight, needs_x ? scale : at::Tensor(), x.scalar_type()), geometry);
        const auto rest = at::convolution_backward(
            dy, x, kernels, at::IntArrayRef({weight.size(0)}), {even.stride, even.stride},
            {even.padding, even.padding}, {even.dilation, even.dilation}, false,
            {0, 0}, even.groups, {needs_x, needs_kernels && !suits, needs_bias && !suits});
        dx = std::get<0>(rest);
        if (!suits) std::tie(std::ignore, dkernels, dbias) = rest;
      }
    }
    const auto found = unscaled(dkernels, weight, scale, needs_weight, needs_scale);
    return {dx, found.weight, found.scale, dbias, needs_addend ? dy : at::Tensor(), {}, {}, {}};
  }
};

}  // namespace

at::Tensor recorded_convolution(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const Ending &ending,
    const Geometry &geometry, bool uses_winograd) {
  const auto given = [](const at::Tensor &tensor) {
    return tensor.defined() ? std::optional(tensor) : std::nullopt;
  };
  return ActivatedConvolution::apply(
      x, weight, given(scale), given(ending.bias), given(ending.addend), geometry, ending.activation,
      uses_winograd);
}

}  // namespace kernels

#include "Convolution/CUDAConvolution.h"

#include <ATen/autocast_mode.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/cudnn_convolution_add_relu.h>
#include <ATen/ops/cudnn_convolution_relu.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/ones.h>
#include <torch/csrc/autograd/custom_function.h>

#include "Branch.h"
#include "Convolution/Activation.h"
#include "Convolution/ScaledKernels.h"

namespace kernels::cuda {

namespace {

/// f(convolution + addend), all operands of one type, without recording gradients.
at::Tensor pass(
    const at::Tensor &x, const at::Tensor &kernels, const at::Tensor &bias,
    const at::Tensor &addend, const Geometry &geometry, Activation activation) {
  const int64_t stride[] = {geometry.stride, geometry.stride};
  const int64_t padding[] = {geometry.padding, geometry.padding};
  const int64_t dilation[] = {geometry.dilation, geometry.dilation};
  if (geometry.groups == 1 && addend.defined())
    return at::cudnn_convolution_add_relu(
        x, kernels, addend, 1, bias, stride, padding, dilation, geometry.groups);
  if (geometry.groups == 1 && activation == Activation::relu)
    return at::cudnn_convolution_relu(
        x, kernels, bias, stride, padding, dilation, geometry.groups);
  at::Tensor y = at::conv2d(x, kernels, bias, stride, padding, dilation, geometry.groups);
  if (addend.defined()) y.add_(addend);
  activate(y, activation);
  return y;
}

/// The sum of each channel of N×C×H×W maps, in float32. As a product of matrices it takes a fraction of the time.
at::Tensor channel_sums(const at::Tensor &maps) {
  const at::Tensor rows = maps.permute({0, 2, 3, 1}).reshape({-1, maps.size(1)});
  if (maps.scalar_type() == at::kFloat) return rows.sum(0);
  return at::mm(at::ones({1, rows.size(0)}, rows.options()), rows, at::kFloat).view(-1);
}

/// f(convolution + addend), whose gradients need only its input, its output and the kernels as they are stored.
struct ActivatedConvolution : torch::autograd::Function<ActivatedConvolution> {
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, at::Tensor x, at::Tensor weight, at::Tensor bias,
      std::optional<at::Tensor> scale, std::optional<at::Tensor> addend, Geometry geometry,
      Activation activation, at::ScalarType type) {
    const at::Tensor input = x.to(type), factors = scale.value_or(at::Tensor());
    const at::Tensor kernels = scaled(weight, factors, type);
    const at::Tensor y = pass(
        input, kernels, bias.to(type), addend ? addend->to(type) : at::Tensor(), geometry,
        activation);
    // The kernels are small beside the maps, and scaling them again takes as long as a short convolution.
    context->save_for_backward(
        {input, kernels, weight, factors, activation == Activation::identity ? at::Tensor() : y});
    context->saved_data["geometry"] = std::vector<int64_t>{
        geometry.stride, geometry.padding, geometry.dilation, geometry.groups};
    context->saved_data["activation"] = static_cast<int64_t>(activation);
    context->saved_data["has_addend"] = addend.has_value();
    context->saved_data["types"] = std::vector<int64_t>{
        static_cast<int64_t>(x.scalar_type()), static_cast<int64_t>(bias.scalar_type()),
        static_cast<int64_t>(addend.value_or(x).scalar_type())};
    return y;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &kernels = saved[1], &weight = saved[2], &scale = saved[3];
    const auto geometry = context->saved_data["geometry"].toIntVector();
    const auto types = context->saved_data["types"].toIntVector();
    const auto type = [&](int i) { return static_cast<at::ScalarType>(types[i]); };
    const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
    const auto dy = activation_gradient(
        gradients[0].contiguous(at::MemoryFormat::ChannelsLast), saved[4], activation);
    // Absent operands are not counted.
    const bool needs_x = context->needs_input_grad(0), needs_weight = context->needs_input_grad(1);
    const bool needs_bias = context->needs_input_grad(2);
    const bool needs_scale = scale.defined() && context->needs_input_grad(3);
    const bool needs_addend = context->saved_data["has_addend"].toBool() &&
                              context->needs_input_grad(scale.defined() ? 4 : 3);
    const auto gradients_of = [&](bool input, bool weights) {
      return at::convolution_backward(
          dy, x, kernels, std::nullopt, {geometry[0], geometry[0]}, {geometry[1], geometry[1]},
          {geometry[2], geometry[2]}, false, {0, 0}, geometry[3], {input, weights, false});
    };
    at::Tensor dx, dkernels, dbias, daddend;
    // The rest of the backward pass waits for the input's gradient alone. Where nothing is recorded, one call takes less time.
    const bool splits = is_recording();
    Branch beside(x.device());
    std::tie(dx, dkernels, std::ignore) = gradients_of(needs_x && !splits, needs_weight || needs_scale);
    const auto found = unscaled(dkernels, weight, scale, needs_weight, needs_scale);
    if (needs_bias) dbias = channel_sums(dy).to(type(1));
    beside.end();
    if (needs_x && splits) dx = std::get<0>(gradients_of(true, false));
    if (needs_x) dx = dx.to(type(0));
    if (needs_addend) daddend = dy.to(type(2));
    beside.join();
    return {dx, found.weight, dbias, found.scale, daddend, {}, {}, {}};
  }
};

}  // namespace

bool suits(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale) {
  const bool fits = !scale.defined() || (scale.dim() == 1 && scale.size(0) == weight.size(0));
  return x.is_cuda() && weight.is_cuda() && x.dim() == 4 && weight.dim() == 4 && fits &&
         x.numel() > 0 && at::isFloatingType(x.scalar_type()) &&
         at::globalContext().userEnabledCuDNN();
}

at::Tensor convolve(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const at::Tensor &bias,
    Geometry geometry, Activation activation, const at::Tensor &addend) {
  const at::ScalarType type = at::autocast::is_autocast_enabled(at::kCUDA)
                                  ? at::autocast::get_autocast_dtype(at::kCUDA)
                                  : x.scalar_type();
  if (addend.defined()) activation = Activation::relu;
  if (!at::GradMode::is_enabled())
    return pass(
        x.to(type), scaled(weight, scale, type), bias.to(type),
        addend.defined() ? addend.to(type) : addend, geometry, activation);
  const auto given = [](const at::Tensor &tensor) {
    return tensor.defined() ? std::optional(tensor) : std::nullopt;
  };
  return ActivatedConvolution::apply(
      x, weight, bias, given(scale), given(addend), geometry, activation, type);
}

}  // namespace kernels::cuda

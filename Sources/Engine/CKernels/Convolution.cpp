#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/autograd/custom_function.h>

#include "Activation.h"
#include "CUDAConvolution.h"
#include "Convolution.h"
#include "Winograd.h"

namespace kernels {

namespace {

/// oneDNN's convolution with an activation in the same pass, if this libtorch has it.
at::Tensor fused(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, const Geometry &geometry,
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
      x, weight, bias.defined() ? std::optional(bias) : std::nullopt, padding, stride, dilation,
      geometry.groups, is_relu ? "relu" : "hardtanh", bounds, "");
}

/// f(convolution), without recording gradients.
at::Tensor pass(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, const Geometry &geometry,
    Activation activation, bool uses_winograd) {
  at::Tensor y;
  if (uses_winograd) {
    y = winograd::convolve(x, weight, bias, geometry.dilation, activation == Activation::relu);
    if (activation == Activation::relu) return y;
  } else {
    if (activation != Activation::identity) y = fused(x, weight, bias, geometry, activation);
    if (y.defined()) return y;
    y = at::conv2d(
        x, weight, bias, geometry.stride, geometry.padding, geometry.dilation, geometry.groups);
  }
  activate(y, activation);
  return y;
}

/// The kernels that are applied to the input: those of `weight`, each times its number in `scale`, if there is one.
at::Tensor scaled(const at::Tensor &weight, const at::Tensor &scale) {
  if (!scale.defined()) return weight;
  TORCH_CHECK(
      scale.dim() == 1 && weight.dim() == 4 && scale.size(0) == weight.size(0),
      "expected a scale for each kernel");
  return weight * scale.view({-1, 1, 1, 1});
}

/// f(convolution), whose gradients need only its input, its output and the kernels as they are stored.
struct ActivatedConvolution : torch::autograd::Function<ActivatedConvolution> {
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, at::Tensor x, at::Tensor weight,
      std::optional<at::Tensor> scale, std::optional<at::Tensor> bias, Geometry geometry,
      Activation activation, bool uses_winograd) {
    const at::Tensor factors = scale.value_or(at::Tensor());
    const at::Tensor y = pass(
        x, scaled(weight, factors), bias.value_or(at::Tensor()), geometry, activation,
        uses_winograd);
    context->save_for_backward({x, weight, factors, activation == Activation::identity ? at::Tensor() : y});
    context->saved_data["geometry"] = std::vector<int64_t>{
        geometry.stride, geometry.padding, geometry.dilation, geometry.groups};
    context->saved_data["has_bias"] = bias.has_value();
    context->saved_data["activation"] = static_cast<int64_t>(activation);
    context->saved_data["uses_winograd"] = uses_winograd;
    return y;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &weight = saved[1], &scale = saved[2];
    const auto numbers = context->saved_data["geometry"].toIntVector();
    const Geometry geometry{numbers[0], numbers[1], numbers[2], numbers[3]};
    const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
    const auto dy = activation_gradient(
        gradients[0].contiguous(at::MemoryFormat::ChannelsLast), saved[3], activation);
    // Absent operands are not counted.
    const bool needs_x = context->needs_input_grad(0), needs_weight = context->needs_input_grad(1);
    const bool needs_scale = scale.defined() && context->needs_input_grad(2);
    const bool needs_bias = context->saved_data["has_bias"].toBool() &&
                            context->needs_input_grad(scale.defined() ? 3 : 2);
    const bool needs_kernels = needs_weight || needs_scale;
    // These are computed again: the scaled kernels of a network would take as much memory as its weights.
    const at::Tensor kernels = needs_x ? scaled(weight, scale) : weight;
    at::Tensor dx, dkernels, dscale, dbias;
    if (context->saved_data["uses_winograd"].toBool()) {
      if (needs_x) dx = winograd::input_gradient(dy, kernels, geometry.dilation);
      if (needs_kernels) dkernels = winograd::kernel_gradient(x, dy, geometry.dilation);
      if (needs_bias) dbias = dy.sum({0, 2, 3});
    } else {
      std::tie(dx, dkernels, dbias) = at::convolution_backward(
          dy, x, kernels, at::IntArrayRef({weight.size(0)}), {geometry.stride, geometry.stride},
          {geometry.padding, geometry.padding}, {geometry.dilation, geometry.dilation}, false,
          {0, 0}, geometry.groups, {needs_x, needs_kernels, needs_bias});
    }
    if (needs_scale) dscale = (dkernels * weight).sum({1, 2, 3});
    if (needs_weight && scale.defined()) dkernels.mul_(scale.view({-1, 1, 1, 1}));
    return {dx, needs_weight ? dkernels : at::Tensor(), dscale, dbias, {}, {}, {}};
  }
};

/// Whether the operands are those that the functions above accept, and fit: float32 on the CPU. Everything else is left to
/// libtorch, which says what does not fit; the functions above do not check.
bool is_usual(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, const Geometry &geometry) {
  const auto is_float = [](const at::Tensor &tensor, int64_t rank) {
    return tensor.is_cpu() && tensor.scalar_type() == at::kFloat && tensor.dim() == rank;
  };
  if (!is_float(x, 4) || !is_float(weight, 4)) return false;
  if (at::autocast::is_autocast_enabled(at::kCPU)) return false;
  if (geometry.stride < 1 || geometry.padding < 0 || geometry.dilation < 1) return false;
  const int64_t outputs = weight.size(0), groups = geometry.groups;
  if (groups < 1 || outputs % groups != 0 || x.size(1) != weight.size(1) * groups) return false;
  if (bias.defined() && (!is_float(bias, 1) || bias.size(0) != outputs)) return false;
  const auto has_place = [&](int dim) {
    const int64_t reach = geometry.dilation * (weight.size(dim) - 1) + 1;
    return weight.size(dim) > 0 && x.size(dim) + 2 * geometry.padding >= reach;
  };
  return x.numel() > 0 && weight.numel() > 0 && has_place(2) && has_place(3);
}

/// Whether oneDNN must not compute this. Its AVX-512 code for the gradient of the kernels of a strided 1×1 convolution of fewer
/// than 16 channels writes behind its buffer (oneDNN 3.10, in libtorch 2.11), in plain PyTorch too.
bool damages_memory(const at::Tensor &x, const at::Tensor &weight, const Geometry &geometry) {
  return x.is_cpu() && x.dim() == 4 && weight.dim() == 4 && x.size(1) < 16 && weight.size(2) == 1 &&
         weight.size(3) == 1 && geometry.stride > 1 && geometry.padding == 0;
}

/// The same convolution as libtorch leaves it to oneDNN. In one thread it would compute 1×1 convolutions of fewer than 16 images by
/// products of matrices, which takes twice the time; but not dilated ones, and a single place has nothing to dilate.
Geometry for_onednn(const at::Tensor &x, const at::Tensor &weight, const Geometry &geometry) {
  const bool is_product = weight.size(2) == 1 && weight.size(3) == 1 && geometry.stride == 1 &&
                          x.size(0) < 16 && x.size(1) >= 16 && at::get_num_threads() == 1;
  return {geometry.stride, geometry.padding, is_product ? 2 : geometry.dilation, geometry.groups};
}

/// Every `stride`-th place of a map.
at::Tensor strided(const at::Tensor &x, int64_t stride) {
  return x.slice(2, 0, x.size(2), stride).slice(3, 0, x.size(3), stride);
}

bool records_gradients(std::initializer_list<at::Tensor> tensors) {
  if (!at::GradMode::is_enabled()) return false;
  for (const auto &tensor : tensors)
    if (tensor.defined() && tensor.requires_grad()) return true;
  return false;
}

}  // namespace

at::Tensor convolve(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const at::Tensor &bias,
    Geometry geometry, Activation activation, const at::Tensor &addend) {
  if (bias.defined() && cuda::suits(x, weight, scale))
    return cuda::convolve(x, weight, scale, bias, geometry, activation, addend);
  if (addend.defined()) {
    at::Tensor y = convolve(x, weight, scale, bias, geometry, Activation::identity);
    add_relu_into(y, addend);
    return y;
  }
  if (damages_memory(x, weight, geometry)) {
    const Geometry dense{1, 0, geometry.dilation, geometry.groups};
    return convolve(strided(x, geometry.stride), weight, scale, bias, dense, activation);
  }
  if (is_usual(x, weight, bias, geometry)) {
    geometry = for_onednn(x, weight, geometry);
    const bool suits = winograd::suits(
        x, weight, geometry.stride, geometry.padding, geometry.dilation, geometry.groups);
    if (!records_gradients({x, weight, scale, bias}))
      return pass(x, scaled(weight, scale), bias, geometry, activation, suits);
    if (suits || activation != Activation::identity || scale.defined()) {
      const auto given = [](const at::Tensor &tensor) {
        return tensor.defined() ? std::optional(tensor) : std::nullopt;
      };
      return ActivatedConvolution::apply(
          x, weight, given(scale), given(bias), geometry, activation, suits);
    }
  }
  const at::Tensor y = at::conv2d(
      x, scaled(weight, scale), bias, geometry.stride, geometry.padding, geometry.dilation,
      geometry.groups);
  return activated_in_place(y, activation);
}

}  // namespace kernels

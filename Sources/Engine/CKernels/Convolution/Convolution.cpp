#include "Convolution.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>

#include <array>

#include "Convolution/ActivatedConvolution.h"
#include "Convolution/Activation.h"
#include "Convolution/CUDAConvolution.h"
#include "Convolution/Depthwise.h"
#include "Convolution/ScaledKernels.h"
#include "Instructions.h"
#include "Winograd/Winograd.h"

namespace kernels {

namespace {

/// The type in which this pass computes: that of autocast where it is on.
at::ScalarType computing_type(const at::Tensor &x) {
  return at::autocast::is_autocast_enabled(at::kCPU) ? at::autocast::get_autocast_dtype(at::kCPU)
                                                     : x.scalar_type();
}

/// Whether oneDNN convolves in bfloat16 on this processor; libtorch does it without oneDNN on the others.
bool onednn_takes_bfloat16() {
  static const bool answer = c10::Dispatcher::singleton()
                                 .findSchemaOrThrow("mkldnn::_is_mkldnn_bf16_supported", "")
                                 .typed<bool()>()
                                 .call();
  return answer;
}

/// Whether the operands are those that the functions above accept, and fit: float32 on the CPU, or bfloat16 under autocast.
/// Everything else is left to libtorch, which says what does not fit; the functions above do not check.
bool is_usual(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const Ending &ending,
    const Geometry &geometry) {
  const auto type = computing_type(x);
  if (type != at::kFloat && !(type == at::kBFloat16 && onednn_takes_bfloat16())) return false;
  const bool casts = at::autocast::is_autocast_enabled(at::kCPU);
  const auto fits = [&](const at::Tensor &tensor, int64_t rank) {
    const auto own = tensor.scalar_type();
    return tensor.is_cpu() && (own == type || (casts && own == at::kFloat)) && tensor.dim() == rank;
  };
  if (!fits(x, 4) || !fits(weight, 4)) return false;
  if (geometry.stride < 1 || geometry.padding < 0 || geometry.trailing < 0 || geometry.dilation < 1) return false;
  const int64_t outputs = weight.size(0), groups = geometry.groups;
  if (groups < 1 || outputs % groups != 0 || x.size(1) != weight.size(1) * groups) return false;
  const auto has_number_each = [&](const at::Tensor &vector) {
    return !vector.defined() || (fits(vector, 1) && vector.size(0) == outputs);
  };
  if (!has_number_each(scale) || !has_number_each(ending.bias)) return false;
  const auto places = [&](int dim) -> int64_t {
    const int64_t reach = geometry.dilation * (weight.size(dim) - 1) + 1;
    const int64_t room = x.size(dim) + 2 * geometry.padding + geometry.trailing - reach;
    return room < 0 ? 0 : room / geometry.stride + 1;
  };
  const std::array<int64_t, 4> shape{x.size(0), outputs, places(2), places(3)};
  if (x.numel() == 0 || weight.numel() == 0 || shape[2] == 0 || shape[3] == 0) return false;
  return !ending.addend.defined() || (fits(ending.addend, 4) && ending.addend.sizes() == at::IntArrayRef(shape));
}

/// Whether kernels with zeros before them stand for more zeros to the right and at the bottom of the maps, which are padded otherwise.
bool extends_kernels(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const Ending &ending,
    const Geometry &geometry) {
  return computing_type(x) == at::kFloat && is_usual(x, weight, scale, ending, geometry) &&
         depthwise::extends(x, weight, geometry);
}

/// Whether oneDNN must not compute this. Its AVX-512 code for the gradient of the kernels of a strided 1×1 convolution of fewer
/// than 16 channels writes behind its buffer (oneDNN 3.10, in libtorch 2.11), in plain PyTorch too.
bool damages_memory(const at::Tensor &x, const at::Tensor &weight, const Geometry &geometry) {
  return x.is_cpu() && x.dim() == 4 && weight.dim() == 4 && x.size(1) < 16 && weight.size(2) == 1 &&
         weight.size(3) == 1 && geometry.stride > 1 && geometry.padding == 0;
}

/// Whether oneDNN without AVX-512 would compute a dilated depthwise convolution by products of matrices, one for each channel, which take
/// ten times as long: where its kernels reach over the map, and in all backward passes. Only those that keep the map's size.
bool is_slow(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &addend, const Geometry &geometry) {
  if (geometry.dilation <= 1 || geometry.groups <= 1 || vectors::chosen() == vectors::Instructions::avx512) return false;
  if (!x.is_cpu() || x.scalar_type() != at::kFloat || computing_type(x) != at::kFloat || x.numel() == 0) return false;
  if (x.dim() != 4 || weight.dim() != 4 || addend.defined()) return false;
  const int64_t side = weight.size(2);
  return depthwise::is_depthwise(x, weight, geometry) && weight.size(1) == 1 && weight.size(3) == side &&
         side % 2 == 1 && geometry.stride == 1 && geometry.padding == side / 2 * geometry.dilation;
}

/// The same convolution as libtorch leaves it to oneDNN. In one thread it would compute 1×1 convolutions of fewer than 16 images by
/// products of matrices, which takes twice the time; but not dilated ones, and a single place has nothing to dilate. Others of one
/// place are told no dilation: with it oneDNN reads outside of maps that are padded.
Geometry for_onednn(const at::Tensor &x, const at::Tensor &weight, const Geometry &geometry) {
  const bool is_pointwise = weight.size(2) == 1 && weight.size(3) == 1;
  const bool is_product = is_pointwise && geometry.stride == 1 && x.size(0) < 16 && x.size(1) >= 16 &&
                          at::get_num_threads() == 1;
  const int64_t dilation = is_product ? 2 : is_pointwise ? 1 : geometry.dilation;
  return {geometry.stride, geometry.padding, dilation, geometry.groups, geometry.trailing};
}

/// Every `stride`-th place of a map.
at::Tensor strided(const at::Tensor &x, int64_t stride) {
  return x.slice(2, 0, x.size(2), stride).slice(3, 0, x.size(3), stride);
}

/// Maps whose places a dilated kernel sees together, d·d·N×C×H/d×W/d: those in every d-th row and column, for each first row and column.
/// Zeros below and to the right complete the last ones, as padding would.
at::Tensor split_by_dilation(const at::Tensor &x, int64_t dilation) {
  const int64_t rows = (x.size(2) + dilation - 1) / dilation, columns = (x.size(3) + dilation - 1) / dilation;
  return at::constant_pad_nd(x, {0, columns * dilation - x.size(3), 0, rows * dilation - x.size(2)})
      .reshape({x.size(0), x.size(1), rows, dilation, columns, dilation})
      .permute({3, 5, 0, 2, 4, 1})
      .reshape({dilation * dilation * x.size(0), rows, columns, x.size(1)})
      .permute({0, 3, 1, 2});
}

/// The maps of which `split_by_dilation` made these, as large as `whole`.
at::Tensor joined_by_dilation(const at::Tensor &parts, int64_t dilation, const at::Tensor &whole) {
  const int64_t rows = parts.size(2), columns = parts.size(3), channels = parts.size(1);
  return parts.permute({0, 2, 3, 1})
      .reshape({dilation, dilation, whole.size(0), rows, columns, channels})
      .permute({2, 3, 0, 4, 1, 5})
      .reshape({whole.size(0), rows * dilation, columns * dilation, channels})
      .permute({0, 3, 1, 2})
      .slice(2, 0, whole.size(2))
      .slice(3, 0, whole.size(3))
      .contiguous(at::MemoryFormat::ChannelsLast);
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
  if (geometry.trailing != 0 && !extends_kernels(x, weight, scale, {bias, addend, activation}, geometry)) {
    const int64_t first = geometry.padding, last = first + geometry.trailing;
    return convolve(
        at::constant_pad_nd(x, {first, last, first, last}), weight, scale, bias,
        {geometry.stride, 0, geometry.dilation, geometry.groups}, activation, addend);
  }
  if (bias.defined() && cuda::suits(x, weight, scale))
    return cuda::convolve(x, weight, scale, bias, geometry, activation, addend);
  if (damages_memory(x, weight, geometry)) {
    const Geometry dense{1, 0, geometry.dilation, geometry.groups};
    return convolve(strided(x, geometry.stride), weight, scale, bias, dense, activation, addend);
  }
  if (is_slow(x, weight, addend, geometry)) {
    const Geometry dense{1, geometry.padding / geometry.dilation, 1, geometry.groups};
    const at::Tensor parts = split_by_dilation(x, geometry.dilation);
    return joined_by_dilation(
        convolve(parts, weight, scale, bias, dense, activation, {}), geometry.dilation, x);
  }
  if (addend.defined()) activation = Activation::relu;
  if (is_usual(x, weight, scale, {bias, addend, activation}, geometry)) {
    geometry = for_onednn(x, weight, geometry);
    const auto type = computing_type(x);
    const auto cast = [&](const at::Tensor &tensor) { return tensor.defined() ? tensor.to(type) : tensor; };
    const at::Tensor input = x.to(type);
    const Ending ending{cast(bias), cast(addend), activation};
    const bool suits = type == at::kFloat && winograd::suits(
        x, weight, geometry.stride, geometry.padding, geometry.dilation, geometry.groups);
    if (!records_gradients({x, weight, scale, bias, addend}))
      return activated_convolution(input, weight, scale, ending, geometry, suits);
    if (suits || activation != Activation::identity || scale.defined() || geometry.trailing != 0)
      return recorded_convolution(input, weight, scale, ending, geometry, suits);
  }
  at::Tensor y = at::conv2d(
      x, scale.defined() ? weight * factors(weight, scale) : weight, bias, geometry.stride, geometry.padding,
      geometry.dilation, geometry.groups);
  if (!addend.defined()) return activated_in_place(y, activation);
  add_relu_into(y, addend);
  return y;
}

}  // namespace kernels

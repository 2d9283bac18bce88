#include "Convolution/Depthwise.h"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/empty.h>

#include "Vectors/Parallel.h"

namespace depthwise {

namespace {

using kernels::Geometry;
using kernels::Range;

/// The channels that are computed together: a line of a cache.
constexpr int64_t block = 16;

/// N×H×W×C maps in memory.
struct Maps {
  const float *data;
  int64_t images, height, width, channels;

  const float *at(int64_t image, int64_t row) const {
    return data + (image * height + row) * width * channels;
  }
};

/// Adds one row's part of the gradient of one row of the kernels, for a block of channels: dy of a row times the row of the input that
/// it met.
template <int side, typename Lane>
VECTOR_INLINE void add_row(
    const float *x, int64_t width, const float *dy, int64_t columns, int64_t channels, const Geometry &geometry,
    Lane (&sums)[side][block / vectors::width<Lane>]) {
  constexpr int parts = block / vectors::width<Lane>;
  for (int64_t column = 0; column < columns; column++) {
    Lane gradient[parts];
    for (int part = 0; part < parts; part++)
      vectors::load(dy + column * channels + part * vectors::width<Lane>, gradient[part]);
    const int64_t first = column * geometry.stride - geometry.padding;
    for (int tap = 0; tap < side; tap++) {
      const int64_t place = first + tap * geometry.dilation;
      if (place < 0 || place >= width) continue;
      for (int part = 0; part < parts; part++) {
        Lane value;
        vectors::load(x + place * channels + part * vectors::width<Lane>, value);
        sums[tap][part] += gradient[part] * value;
      }
    }
  }
}

/// The gradients of the side×side kernels of a block of channels, from `channel` on, and of their bias.
template <int side, typename Lane>
VECTOR_INLINE void accumulate(
    vectors::Of<Lane>, const Maps &x, const Maps &dy, int64_t channel, const Geometry &geometry, float *kernels, float *bias) {
  constexpr int width = vectors::width<Lane>, parts = block / width;
  Lane sums[side][side][parts] = {}, bias_sums[parts] = {};
  for (int64_t image = 0; image < x.images; image++) {
    for (int tap = 0; tap < side; tap++) {
      // In registers for as long as a map is read.
      Lane row_sums[side][parts] = {};
      for (int64_t row = 0; row < dy.height; row++) {
        const int64_t place = row * geometry.stride - geometry.padding + tap * geometry.dilation;
        if (place < 0 || place >= x.height) continue;
        add_row<side, Lane>(
            x.at(image, place) + channel, x.width, dy.at(image, row) + channel, dy.width, x.channels, geometry,
            row_sums);
      }
      for (int column = 0; column < side; column++)
        for (int part = 0; part < parts; part++) sums[tap][column][part] += row_sums[column][part];
    }
    for (int64_t place = 0; place < dy.height * dy.width; place++) {
      for (int part = 0; part < parts; part++) {
        Lane gradient;
        vectors::load(dy.at(image, 0) + place * dy.channels + channel + part * width, gradient);
        bias_sums[part] += gradient;
      }
    }
  }
  for (int64_t i = 0; i < block; i++) {
    for (int tap = 0; tap < side * side; tap++)
      kernels[(channel + i) * side * side + tap] = sums[tap / side][tap % side][i / width][i % width];
    bias[channel + i] = bias_sums[i / width][i % width];
  }
}

Maps maps(const at::Tensor &tensor) {
  return {tensor.data_ptr<float>(), tensor.size(0), tensor.size(2), tensor.size(3), tensor.size(1)};
}

}  // namespace

bool is_depthwise(const at::Tensor &x, const at::Tensor &weight, const Geometry &geometry) {
  return geometry.groups == x.size(1) && weight.size(0) == x.size(1);
}

bool suits(const at::Tensor &x, const at::Tensor &weight, const Geometry &geometry) {
  const int64_t side = weight.size(2);
  return is_depthwise(x, weight, geometry) && x.size(1) % block == 0 && weight.size(3) == side &&
         (side == 5 || (side == 3 && geometry.trailing != 0));
}

bool extends(const at::Tensor &x, const at::Tensor &weight, const Geometry &geometry) {
  return geometry.trailing == 1 && geometry.dilation == 1 && suits(x, weight, geometry);
}

Extended extended(const at::Tensor &kernels, const Geometry &geometry) {
  const int64_t zeros = geometry.trailing;
  if (zeros == 0) return {kernels, geometry};
  Geometry even = geometry;
  even.padding += zeros;
  even.trailing = 0;
  return {at::constant_pad_nd(kernels, {zeros, 0, zeros, 0}), even};
}

kernels::KernelGradients gradients(
    const at::Tensor &input, const at::Tensor &output_gradient, int64_t side, const Geometry &geometry) {
  const at::Tensor x = input.contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor dy = output_gradient.contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor kernels = at::empty({x.size(1), 1, side, side}, x.options());
  const at::Tensor bias = at::empty({x.size(1)}, x.options());
  const Maps input_maps = maps(x), gradient_maps = maps(dy);
  float *sums = kernels.data_ptr<float>(), *bias_sums = bias.data_ptr<float>();
  kernels::in_parallel(x.size(1) / block, [&](Range blocks, auto vector) ALWAYS_INLINE {
    for (int64_t index = blocks.begin; index < blocks.end; index++) {
      if (side == 5)
        accumulate<5>(vector, input_maps, gradient_maps, index * block, geometry, sums, bias_sums);
      else
        accumulate<3>(vector, input_maps, gradient_maps, index * block, geometry, sums, bias_sums);
    }
  });
  return {kernels, bias};
}

}  // namespace depthwise

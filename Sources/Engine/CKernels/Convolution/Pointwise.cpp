#include "Convolution/Pointwise.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

#include "Vectors/Parallel.h"
#include "Vectors/Products.h"

namespace pointwise {

namespace {

using kernels::Range;
using products::depth_step;
using products::pair_count;
using products::panel_width;

/// The input's maps and which of their places the convolution reads, N×H×W×C in memory.
struct Places {
  const float *data;
  int64_t channels, height, width, stride, rows, columns;

  /// The channels of the input that one output is made of.
  const float *operator[](int64_t output) const {
    const int64_t column = output % columns, row = output / columns % rows, image = output / columns / rows;
    return data + ((image * height + row * stride) * width + column * stride) * channels;
  }
};

/// Two panels of the channels from `first` on, for some outputs.
template <typename Lane>
VECTOR_INLINE void pack(const Places &places, Range outputs, int64_t first, int64_t panels, float *out) {
  for (int64_t output = outputs.begin; output < outputs.end; output++) {
    const float *from = places[output] + first;
    float *to = out + (output - outputs.begin) * panel_width;
    for (int64_t panel = 0; panel < panels; panel++) {
      for (int64_t i = 0; i < panel_width; i += vectors::width<Lane>) {
        Lane taken;
        vectors::load(from + panel * panel_width + i, taken);
        vectors::store(taken, to + panel * depth_step * panel_width + i);
      }
    }
  }
}

/// Adds some rows of a matrix to `sums`.
VECTOR_INLINE void add_rows(const float *matrix, int64_t rows, int64_t columns, float *sums) {
  for (int64_t row = 0; row < rows; row++)
    for (int64_t column = 0; column < columns; column++) sums[column] += matrix[row * columns + column];
}

/// The gradients for the pairs `pairs` of panels of channels; the first of them has the bias's too.
template <typename Lane>
VECTOR_INLINE void accumulate(
    vectors::Of<Lane> vector, const Places &places, const float *dy, int64_t count, int64_t outputs, Range pairs,
    float *kernels, float *bias) {
  const int64_t panels = places.channels / panel_width;
  alignas(64) float packed[2 * depth_step * panel_width];
  for (int64_t begin = 0; begin < count; begin += depth_step) {
    const Range some{begin, std::min(begin + depth_step, count)};
    // What all pairs read stays in the second cache meanwhile.
    const products::Matrix left{dy + begin * outputs, 1, outputs};
    for (int64_t pair = pairs.begin; pair < pairs.end; pair++) {
      const int64_t first = 2 * pair, some_panels = std::min<int64_t>(2, panels - first);
      pack<Lane>(places, some, first * panel_width, some_panels, packed);
      products::multiply_panels(
          vector, left, {packed, depth_step * panel_width}, some_panels, outputs, some.count(), begin > 0,
          {kernels + first * panel_width, places.channels, panel_width});
    }
    if (pairs.begin == 0) add_rows(left.data, some.count(), outputs, bias);
  }
}

}  // namespace

bool suits(const at::Tensor &x, const at::Tensor &weight, int64_t padding, int64_t groups) {
  return groups == 1 && padding == 0 && weight.size(2) == 1 && weight.size(3) == 1 &&
         (suits(x.size(1)) || vectors::chosen() != vectors::Instructions::avx512);
}

bool suits(int64_t channels) {
  return vectors::chosen() == vectors::Instructions::avx512 && channels % panel_width == 0 &&
         pair_count(channels) >= at::get_num_threads();
}

namespace {

/// The same as one product, by the library that libtorch uses.
kernels::KernelGradients by_product(const at::Tensor &input, const at::Tensor &dy, int64_t stride) {
  const at::Tensor x = input.slice(2, 0, input.size(2), stride).slice(3, 0, input.size(3), stride);
  const auto rows = [](const at::Tensor &maps) { return maps.permute({0, 2, 3, 1}).reshape({-1, maps.size(1)}); };
  const at::Tensor gradient_rows = rows(dy);
  return {at::mm(gradient_rows.t(), rows(x)).view({dy.size(1), x.size(1), 1, 1}), gradient_rows.sum(0)};
}

}  // namespace

kernels::KernelGradients gradients(const at::Tensor &input, const at::Tensor &output_gradient, int64_t stride) {
  const at::Tensor x = input.contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor dy = output_gradient.contiguous(at::MemoryFormat::ChannelsLast);
  if (!suits(x.size(1))) return by_product(x, dy, stride);
  const int64_t channels = x.size(1), outputs = dy.size(1), count = dy.size(0) * dy.size(2) * dy.size(3);
  const at::Tensor kernels = at::empty({outputs, channels, 1, 1}, x.options());
  const at::Tensor bias = at::zeros({outputs}, x.options());
  const Places places{
      x.data_ptr<float>(), channels, x.size(2), x.size(3), stride, dy.size(2), dy.size(3)};
  const float *gradient = dy.data_ptr<float>();
  float *sums = kernels.data_ptr<float>(), *bias_sums = bias.data_ptr<float>();
  kernels::in_parallel(pair_count(channels), [&](Range pairs, auto vector) ALWAYS_INLINE {
    accumulate(vector, places, gradient, count, outputs, pairs, sums, bias_sums);
  });
  return {kernels, bias};
}

}  // namespace pointwise

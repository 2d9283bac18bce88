#include "Winograd/Winograd.h"

#include <ATen/ops/empty.h>

#include <algorithm>

#include "Vectors/Parallel.h"
#include "Winograd/Kernels.h"
#include "Winograd/Tiles.h"

namespace winograd {
namespace {

using kernels::in_parallel;
using kernels::Range;

Tiling tiling_of(const at::Tensor &map, int64_t dilation) {
  const auto tiles = [&](int64_t size) { return ((size + dilation - 1) / dilation + tile - 1) / tile; };
  const int64_t height = map.size(2), width = map.size(3);
  return {height, width, dilation, tiles(height), tiles(width)};
}

int64_t tile_count(const at::Tensor &map, const Tiling &tiling) {
  return map.size(0) * tiling.dilation * tiling.dilation * tiling.rows * tiling.columns;
}

/// 36 matrices with their memory.
struct Stack : Factors {
  enum Order { by_rows, by_panels };

  Stack(int64_t rows, int64_t columns, Order order, const at::Tensor &like) {
    // Matrices at distances of a power of two would share the same few sets of the caches.
    constexpr int64_t gap = 16;
    distance = rows * columns + gap;
    row = order == by_rows ? columns : panel_width;
    panel = order == by_rows ? panel_width : rows * panel_width;
    memory = at::empty({window_size * distance}, like.options());
    data = memory.data_ptr<float>();
  }

 private:
  at::Tensor memory;
};

/// How many tiles, and channels of the output, are processed at a time so that they stay in the caches.
struct Pieces {
  int64_t tiles, outputs;

  Pieces(int64_t tile_count, int64_t input_count, int64_t output_count)
      : tiles(tile_count), outputs(output_count) {
    const auto fitting = [&](int64_t bytes) {
      const int64_t count = bytes / (window_size * input_count * sizeof(float));
      return std::max<int64_t>(64, count / panel_width * panel_width);
    };
    if (tile_count <= fitting(10 << 20)) {
      outputs = std::min(output_count, fitting(4 << 20));
    } else {
      // All outputs at a time: otherwise the inputs would be transformed again for each piece of the outputs.
      const int64_t count = tile_count / fitting(2 << 20) + 1;
      tiles = (tile_count + count - 1) / count;
    }
  }
};

/// Calls `body` with the ranges of `count` that are `piece` long.
template <typename Body>
void in_pieces(int64_t count, int64_t piece, Body body) {
  for (int64_t begin = 0; begin < count; begin += piece)
    body(Range{begin, std::min(begin + piece, count)});
}

at::Tensor channels_last(const at::Tensor &x) {
  return x.contiguous(at::MemoryFormat::ChannelsLast);
}

/// left·right for each factor, rows×depth times depth×columns; `right` is stored in panels. With `transposes_left`, left is
/// depth×rows.
void multiply(
    const Factors &left, bool transposes_left, const Factors &right, int64_t rows, int64_t depth,
    int64_t columns, bool adds, const Factors &out) {
  using products::depth_step;
  const int64_t panels = columns / panel_width, pairs = products::pair_count(columns);
  in_parallel(window_size * pairs, [&](Range range, auto vector) ALWAYS_INLINE {
    for (int64_t index = range.begin; index < range.end; index++) {
      const int64_t factor = index / pairs, panel = index % pairs * 2;
      const products::Matrix matrix = transposes_left ? products::Matrix{left.data, 1, left.row}
                                                      : products::Matrix{left.data, left.row, 1};
      for (int64_t k = 0; k < depth; k += depth_step) {
        const float *data = matrix.data + factor * left.distance + k * matrix.column;
        const float *first = right.data + factor * right.distance + panel * right.panel;
        float *sums = out.data + factor * out.distance + panel * out.panel;
        products::multiply_panels(
            vector, {data, matrix.row, matrix.column}, {first + k * panel_width, right.panel},
            std::min<int64_t>(2, panels - panel), rows, std::min(depth_step, depth - k), adds || k > 0,
            {sums, out.row, out.panel});
      }
    }
  });
}

/// The numbers of a tensor; null for none.
const float *numbers(const at::Tensor &tensor) { return tensor.defined() ? tensor.data_ptr<float>() : nullptr; }

at::Tensor contiguous(const at::Tensor &vector) { return vector.defined() ? vector.contiguous() : vector; }

/// The convolution of `input` with kernels of outputs×inputs×3×3, each times its number in `scale`. With `transposes`, the kernels
/// are inputs×outputs×3×3 and rotated: this gives the gradient of such a convolution's input.
at::Tensor filtered(
    const at::Tensor &input, const at::Tensor &weight, const at::Tensor &scale, const Completion &completion,
    int64_t dilation, bool transposes) {
  const at::Tensor x = channels_last(input), kernels = channels_last(weight);
  const at::Tensor scales = contiguous(scale), bias = contiguous(completion.bias);
  const at::Tensor addend = completion.addend.defined() ? channels_last(completion.addend) : at::Tensor();
  const Ending ending{numbers(bias), numbers(addend), completion.rectifies};
  const int64_t inputs = x.size(1), outputs = weight.size(transposes ? 1 : 0);
  const at::Tensor y = at::empty(
      {x.size(0), outputs, x.size(2), x.size(3)},
      x.options().memory_format(at::MemoryFormat::ChannelsLast));

  const Tiling tiling = tiling_of(x, dilation);
  const int64_t count = tile_count(x, tiling);
  const Pieces pieces(count, inputs, outputs);
  const Stack factors(pieces.tiles, inputs, Stack::by_rows, x);
  const Stack kernel_factors(inputs, pieces.outputs, Stack::by_panels, x);
  const Stack products(pieces.tiles, pieces.outputs, Stack::by_rows, x);
  in_pieces(outputs, pieces.outputs, [&](Range some) {
    in_parallel(inputs / panel_width, [&](Range part, auto vector) ALWAYS_INLINE {
      const Range rows{part.begin * panel_width, part.end * panel_width};
      if (transposes) {
        transform_turned_kernels(vector, numbers(kernels), numbers(scales), outputs, rows, some, kernel_factors);
      } else {
        transform_kernels(vector, numbers(kernels), numbers(scales), inputs, rows, some, kernel_factors);
      }
    });
    in_pieces(count, pieces.tiles, [&](Range tiles) {
      if (some.begin == 0) {
        in_parallel(tiles.count(), [&](Range part, auto vector) ALWAYS_INLINE {
          transform_inputs(
              vector, numbers(x), inputs, tiling, part.from(tiles.begin),
              factors.from_row(part.begin));
        });
      }
      multiply(
          factors, false, kernel_factors, tiles.count(), inputs, some.count(), false,
          products);
      in_parallel(tiles.count(), [&](Range part, auto vector) ALWAYS_INLINE {
        transform_outputs(
            vector, products.from_row(part.begin), ending, y.data_ptr<float>(), outputs, some, tiling,
            part.from(tiles.begin));
      });
    });
  });
  return y;
}

}  // namespace

bool suits(
    const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding, int64_t dilation,
    int64_t groups) {
  if (stride != 1 || groups != 1 || padding != dilation) return false;
  if (weight.size(2) != taps || weight.size(3) != taps) return false;
  // With few channels or tiles the transforms cost too much; on narrow maps most of the tiles' area lies outside the map.
  const int64_t inputs = weight.size(1), outputs = weight.size(0);
  if (inputs % panel_width != 0 || outputs % panel_width != 0) return false;
  if (std::min(inputs, outputs) < 32) return false;
  const int64_t tiles = tile_count(x, tiling_of(x, dilation));
  const int64_t places = x.size(0) * x.size(2) * x.size(3);
  return tiles >= 32 && 2 * window_size * tiles <= taps * taps * places;
}

at::Tensor convolve(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const Completion &completion,
    int64_t dilation) {
  return filtered(x, weight, scale, completion, dilation, false);
}

at::Tensor input_gradient(
    const at::Tensor &dy, const at::Tensor &weight, const at::Tensor &scale, int64_t dilation) {
  return filtered(dy, weight, scale, {}, dilation, true);
}

at::Tensor kernel_gradient(
    const at::Tensor &input, const at::Tensor &output_gradient, int64_t dilation) {
  const at::Tensor x = channels_last(input), dy = channels_last(output_gradient);
  const int64_t inputs = x.size(1), outputs = dy.size(1);
  const at::Tensor gradient = at::empty(
      {outputs, inputs, taps, taps}, x.options().memory_format(at::MemoryFormat::ChannelsLast));

  const Tiling tiling = tiling_of(x, dilation);
  const int64_t count = tile_count(x, tiling);
  const Pieces pieces(count, inputs, outputs);
  const Stack factors(pieces.tiles, inputs, Stack::by_panels, x);
  const Stack products(pieces.tiles, pieces.outputs, Stack::by_rows, x);
  const Stack sums(pieces.outputs, inputs, Stack::by_rows, x);
  in_pieces(outputs, pieces.outputs, [&](Range some) {
    in_pieces(count, pieces.tiles, [&](Range tiles) {
      in_parallel(tiles.count(), [&](Range part, auto vector) ALWAYS_INLINE {
          const Range range = part.from(tiles.begin);
        if (some.begin == 0) {
          transform_inputs(
              vector, numbers(x), inputs, tiling, range, factors.from_row(part.begin));
        }
        transform_output_gradients(
            vector, numbers(dy), outputs, some, tiling, range,
            products.from_row(part.begin));
      });
      multiply(
          products, true, factors, some.count(), tiles.count(), inputs,
          tiles.begin > 0, sums);
    });
    in_parallel(some.count(), [&](Range part, auto vector) ALWAYS_INLINE {
      transform_kernel_gradients(
          vector, sums.from_row(part.begin), gradient.data_ptr<float>(), inputs, part.from(some.begin));
    });
  });
  return gradient;
}

}  // namespace winograd

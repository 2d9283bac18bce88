#include "Winograd.h"

#include <ATen/TensorIterator.h>

#include <algorithm>

#include "WinogradLoops.h"

namespace winograd {
namespace {

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

/// Calls `body` with parts of 0 ..< `count` from all of libtorch's threads.
///
/// This uses an iterator, since at::parallel_for is serial if the caller's compiler has no OpenMP.
template <typename Body>
void in_parallel(int64_t count, Body body) {
  at::Tensor places = at::empty({count}, at::kChar);
  const char *first = static_cast<char *>(places.data_ptr());
  auto iterator = at::TensorIterator::nullary_op(places);
  iterator.for_each(
      [&](char **data, const int64_t *, int64_t length) {
        body(Range{data[0] - first, data[0] - first + length});
      },
      1);
}

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
  constexpr int64_t depth_step = 128;  // of a panel that stays in the first cache
  const int64_t panels = columns / panel_width;
  in_parallel(window_size * panels, [&](Range range) {
    for (int64_t index = range.begin; index < range.end; index++) {
      const int64_t factor = index / panels, panel = index % panels;
      const Matrix matrix = transposes_left ? Matrix{left.data, 1, left.row}
                                            : Matrix{left.data, left.row, 1};
      for (int64_t k = 0; k < depth; k += depth_step) {
        const float *data = matrix.data + factor * left.distance + k * matrix.column;
        multiply_panel(
            {data, matrix.row, matrix.column},
            right.data + factor * right.distance + panel * right.panel + k * panel_width, rows,
            std::min(depth_step, depth - k), adds || k > 0,
            out.data + factor * out.distance + panel * out.panel, out.row);
      }
    }
  });
}

/// The convolution of `input` with kernels of outputs×inputs×3×3. With `transposes`, the kernels are inputs×outputs×3×3 and
/// rotated: this gives the gradient of such a convolution's input.
at::Tensor filtered(
    const at::Tensor &input, const at::Tensor &weight, const at::Tensor &bias, int64_t dilation,
    bool transposes, bool rectifies) {
  const at::Tensor x = channels_last(input), kernels = channels_last(weight);
  const int64_t inputs = x.size(1), outputs = weight.size(transposes ? 1 : 0);
  const at::Tensor y = at::empty(
      {x.size(0), outputs, x.size(2), x.size(3)},
      x.options().memory_format(at::MemoryFormat::ChannelsLast));
  const float *shifts = bias.defined() ? bias.data_ptr<float>() : nullptr;
  const int64_t channels = kernels.size(1), kernel_size = taps * taps * channels;
  const KernelOrder order = transposes ? KernelOrder{kernel_size, 1, channels}
                                       : KernelOrder{1, kernel_size, channels};

  const Tiling tiling = tiling_of(x, dilation);
  const int64_t count = tile_count(x, tiling);
  const Pieces pieces(count, inputs, outputs);
  const Stack factors(pieces.tiles, inputs, Stack::by_rows, x);
  const Stack kernel_factors(inputs, pieces.outputs, Stack::by_panels, x);
  const Stack products(pieces.tiles, pieces.outputs, Stack::by_rows, x);
  in_pieces(outputs, pieces.outputs, [&](Range some) {
    in_parallel(inputs, [&](Range rows) {
      transform_kernels(
          kernels.data_ptr<float>(), order, transposes, rows, some, kernel_factors);
    });
    in_pieces(count, pieces.tiles, [&](Range tiles) {
      if (some.begin == 0) {
        in_parallel(tiles.count(), [&](Range part) {
          transform_inputs(
              x.data_ptr<float>(), inputs, tiling,
              {tiles.begin + part.begin, tiles.begin + part.end},
              factors.from_row(part.begin));
        });
      }
      multiply(
          factors, false, kernel_factors, tiles.count(), inputs, some.count(), false,
          products);
      in_parallel(tiles.count(), [&](Range part) {
        transform_outputs(
            products.from_row(part.begin), shifts, rectifies, y.data_ptr<float>(), outputs,
            some, tiling, {tiles.begin + part.begin, tiles.begin + part.end});
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
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, int64_t dilation,
    bool rectifies) {
  return filtered(
      x, weight, bias.defined() ? bias.contiguous() : bias, dilation, false, rectifies);
}

at::Tensor input_gradient(const at::Tensor &dy, const at::Tensor &weight, int64_t dilation) {
  return filtered(dy, weight, {}, dilation, true, false);
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
      in_parallel(tiles.count(), [&](Range part) {
        const Range range{tiles.begin + part.begin, tiles.begin + part.end};
        if (some.begin == 0) {
          transform_inputs(
              x.data_ptr<float>(), inputs, tiling, range, factors.from_row(part.begin));
        }
        transform_output_gradients(
            dy.data_ptr<float>(), outputs, some, tiling, range,
            products.from_row(part.begin));
      });
      multiply(
          products, true, factors, some.count(), tiles.count(), inputs,
          tiles.begin > 0, sums);
    });
    in_parallel(some.count(), [&](Range part) {
      transform_kernel_gradients(
          sums.from_row(part.begin), gradient.data_ptr<float>(), inputs,
          {some.begin + part.begin, some.begin + part.end});
    });
  });
  return gradient;
}

}  // namespace winograd

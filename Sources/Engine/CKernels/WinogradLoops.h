#pragma once

#include <cstdint>

#include "WinogradTransforms.h"

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define IS_CHECKED_FOR_RACES
#endif
#endif

// These are compiled twice, and one version is chosen when the program is loaded, which is too early for the thread
// sanitizer; without AVX a lane is two registers.
#if defined(__x86_64__) && defined(__linux__) && !defined(IS_CHECKED_FOR_RACES)
#define WINOGRAD_LOOP static __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define WINOGRAD_LOOP static
#endif

// The loops of `Winograd.cpp` over tiles and channels; maps are N×H×W×C in memory, kernels K×3×3×C.
namespace winograd {

/// Consecutive numbers.
struct Range {
  int64_t begin, end;
  int64_t count() const { return end - begin; }
};

/// How maps of `height`×`width` are divided into `rows`×`columns` tiles of outputs.
///
/// A kernel of dilation d sees d×d interleaved maps, which are independent of each other; each is divided separately.
struct Tiling {
  int64_t height, width, dilation, rows, columns;
};

/// The number of columns that are adjacent in memory: two lanes.
constexpr int64_t panel_width = 2 * lane_width;

/// 36 matrices, one for each factor, at distances of `distance` floats. In each of them, the distance of rows is `row`
/// floats, and that of panels of columns is `panel` floats.
struct Factors {
  float *data;
  int64_t row, panel, distance;

  /// The rows from `first` on.
  Factors from_row(int64_t first) const { return {data + first * row, row, panel, distance}; }
};

WINOGRAD_INLINE int64_t offset(const Factors &factors, int64_t row, int64_t column) {
  return row * factors.row + column / panel_width * factors.panel + column % panel_width;
}

/// The position in the map of a tile's first place.
struct Place {
  int64_t image, y, x;
};

WINOGRAD_INLINE Place first_place(const Tiling &tiling, int64_t index) {
  const int64_t dilation = tiling.dilation;
  const int64_t column = index % tiling.columns;
  index /= tiling.columns;
  const int64_t row = index % tiling.rows;
  index /= tiling.rows;
  const int64_t x = index % dilation, y = index / dilation % dilation;
  return {index / (dilation * dilation), y + row * tile * dilation, x + column * tile * dilation};
}

WINOGRAD_INLINE const Lane &lane(const float *place) {
  return *reinterpret_cast<const Lane *>(place);
}
WINOGRAD_INLINE Lane &lane(float *place) { return *reinterpret_cast<Lane *>(place); }

/// The offsets in a map, in floats, of the places of a square with `side` places per side that begins at `first`; −1
/// outside of the map.
template <int side>
WINOGRAD_INLINE void find_square(
    int64_t channels, const Tiling &tiling, Place first, int64_t *offsets) {
  for (int i = 0; i < side; i++) {
    const int64_t y = first.y + i * tiling.dilation;
    for (int j = 0; j < side; j++) {
      const int64_t x = first.x + j * tiling.dilation;
      const bool is_inside = y >= 0 && y < tiling.height && x >= 0 && x < tiling.width;
      const int64_t place = (first.image * tiling.height + y) * tiling.width + x;
      offsets[i * side + j] = is_inside ? place * channels : -1;
    }
  }
}

/// Reads a square, with zeros outside of the map; the distance of its rows is `window` lanes.
template <int side>
WINOGRAD_INLINE void load_square(const float *map, const int64_t *offsets, Lane *out) {
  for (int i = 0; i < side; i++) {
    for (int j = 0; j < side; j++) {
      const int64_t offset = offsets[i * side + j];
      out[i * window + j] = offset < 0 ? Lane{} : lane(map + offset);
    }
  }
}

WINOGRAD_INLINE void load_factors(
    const Factors &factors, int64_t row, int64_t column, Lane *out) {
  const float *place = factors.data + offset(factors, row, column);
  for (int k = 0; k < window_size; k++) out[k] = lane(place + k * factors.distance);
}

WINOGRAD_INLINE void store_factors(
    const Lane *values, const Factors &factors, int64_t row, int64_t column) {
  float *place = factors.data + offset(factors, row, column);
  for (int k = 0; k < window_size; k++) lane(place + k * factors.distance) = values[k];
}

/// Bᵀ x B of some tiles, one row of `out` for each.
WINOGRAD_LOOP void transform_inputs(
    const float *map, int64_t channels, Tiling tiling, Range tiles, Factors out) {
  for (int64_t index = tiles.begin; index < tiles.end; index++) {
    Place first = first_place(tiling, index);
    first.y -= tiling.dilation;
    first.x -= tiling.dilation;
    int64_t offsets[window * window];
    find_square<window>(channels, tiling, first, offsets);
    for (int64_t channel = 0; channel < channels; channel += lane_width) {
      Lane square[window_size];
      load_square<window>(map + channel, offsets, square);
      for (int j = 0; j < window; j++) input_transform(square + j, window, square + j);
      for (int i = 0; i < window; i++) input_transform(square + window * i, 1, square + window * i);
      store_factors(square, out, index - tiles.begin, channel);
    }
  }
}

/// Aᵀ m A of some tiles, one row of `products` for each, into the channels `some` of a map.
WINOGRAD_LOOP void transform_outputs(
    Factors products, const float *bias, bool rectifies, float *map, int64_t channels, Range some,
    Tiling tiling, Range tiles) {
  for (int64_t index = tiles.begin; index < tiles.end; index++) {
    int64_t offsets[tile * tile];
    find_square<tile>(channels, tiling, first_place(tiling, index), offsets);
    for (int64_t channel = some.begin; channel < some.end; channel += lane_width) {
      Lane square[window_size], halves[tile * window];
      load_factors(products, index - tiles.begin, channel - some.begin, square);
      for (int j = 0; j < window; j++) output_transform(square + j, window, halves + j, window);
      const Lane shift = bias ? lane(bias + channel) : Lane{};
      for (int i = 0; i < tile; i++) {
        Lane values[tile];
        output_transform(halves + window * i, 1, values, 1);
        for (int j = 0; j < tile; j++) {
          const int64_t offset = offsets[i * tile + j];
          if (offset < 0) continue;
          Lane value = values[j] + shift;
          // So that NaN stays NaN.
          if (rectifies) value = value <= 0 ? Lane{} : value;
          lane(map + offset + channel) = value;
        }
      }
    }
  }
}

/// A y Aᵀ of some tiles of a gradient, one row of `out` for each, in the channels `some`.
WINOGRAD_LOOP void transform_output_gradients(
    const float *map, int64_t channels, Range some, Tiling tiling, Range tiles, Factors out) {
  for (int64_t index = tiles.begin; index < tiles.end; index++) {
    int64_t offsets[tile * tile];
    find_square<tile>(channels, tiling, first_place(tiling, index), offsets);
    for (int64_t channel = some.begin; channel < some.end; channel += lane_width) {
      Lane square[window_size];
      load_square<tile>(map + channel, offsets, square);
      for (int j = 0; j < tile; j++) output_gradient(square + j, window, square + j, window);
      for (int i = 0; i < window; i++) output_gradient(square + window * i, 1, square + window * i, 1);
      store_factors(square, out, index - tiles.begin, channel - some.begin);
    }
  }
}

/// The distances, in floats, between the rows, the columns and the taps of a matrix of kernels. Of rows and columns, one
/// stands for the outputs of the convolution, the other for the channels of its input.
struct KernelOrder {
  int64_t row, column, tap;
};

/// G g Gᵀ of the kernels at some rows and columns; with `turns`, of the kernels rotated by half a turn.
WINOGRAD_LOOP void transform_kernels(
    const float *kernels, KernelOrder order, bool turns, Range rows, Range columns, Factors out) {
  constexpr int count = taps * taps;
  for (int64_t row = rows.begin; row < rows.end; row++) {
    for (int64_t column = columns.begin; column < columns.end; column += lane_width) {
      Lane kernel[count], halves[window * taps], square[window_size];
      const float *place = kernels + row * order.row + column * order.column;
      for (int i = 0; i < count; i++) {
        Lane &taken = kernel[turns ? count - 1 - i : i];
        for (int j = 0; j < lane_width; j++) taken[j] = place[i * order.tap + j * order.column];
      }
      for (int j = 0; j < taps; j++) kernel_transform(kernel + j, taps, halves + j, taps);
      for (int i = 0; i < window; i++) kernel_transform(halves + taps * i, 1, square + window * i, 1);
      store_factors(square, out, row, column - columns.begin);
    }
  }
}

/// Gᵀ u G, the gradients of some kernels, one row of `sums` for each.
WINOGRAD_LOOP void transform_kernel_gradients(
    Factors sums, float *kernels, int64_t channels, Range rows) {
  constexpr int count = taps * taps;
  for (int64_t k = rows.begin; k < rows.end; k++) {
    for (int64_t channel = 0; channel < channels; channel += lane_width) {
      Lane square[window_size], halves[taps * window], kernel[count];
      load_factors(sums, k - rows.begin, channel, square);
      for (int j = 0; j < window; j++) kernel_gradient(square + j, window, halves + j, window);
      for (int i = 0; i < taps; i++) kernel_gradient(halves + window * i, 1, kernel + taps * i, 1);
      for (int i = 0; i < count; i++)
        lane(kernels + (k * count + i) * channels + channel) = kernel[i];
    }
  }
}

/// A matrix of any strides, in floats.
struct Matrix {
  const float *data;
  int64_t row, column;
};

/// `rows`×16 of left·right, whose panel `right` is depth×16; with `adds`, it is added to the present values.
template <int rows>
WINOGRAD_INLINE void multiply_rows(
    const Matrix &left, const float *right, int64_t depth, bool adds, float *out, int64_t out_row) {
  Lane sums[rows][2];
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < 2; j++) sums[i][j] = adds ? lane(out + i * out_row + j * lane_width) : Lane{};
  for (int64_t k = 0; k < depth; k++) {
    const Lane first = lane(right + k * panel_width), second = lane(right + k * panel_width + lane_width);
    for (int i = 0; i < rows; i++) {
      const float value = left.data[i * left.row + k * left.column];
      sums[i][0] += value * first;
      sums[i][1] += value * second;
    }
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < 2; j++) lane(out + i * out_row + j * lane_width) = sums[i][j];
}

/// rows×16 of left·right. A library's matrix product would copy what the transforms above already write in order.
WINOGRAD_LOOP void multiply_panel(
    Matrix left, const float *right, int64_t rows, int64_t depth, bool adds, float *out,
    int64_t out_row) {
  constexpr int64_t step = 6;  // 12 sums, 2 lanes of the panel and a value: as many registers as there are
  for (; rows >= step; rows -= step) {
    multiply_rows<step>(left, right, depth, adds, out, out_row);
    left.data += step * left.row;
    out += step * out_row;
  }
  for (; rows >= 2; rows -= 2) {
    multiply_rows<2>(left, right, depth, adds, out, out_row);
    left.data += 2 * left.row;
    out += 2 * out_row;
  }
  if (rows == 1) multiply_rows<1>(left, right, depth, adds, out, out_row);
}

}  // namespace winograd

#pragma once

#include "Vectors/Parallel.h"
#include "Winograd/Factors.h"
#include "Winograd/Transforms.h"

// Loops over tiles and channels of maps, N×H×W×C in memory. Numbers of channels are multiples of `panel_width`.
namespace winograd {

using kernels::Range;

/// How maps of `height`×`width` are divided into `rows`×`columns` tiles of outputs.
///
/// A kernel of dilation d sees d×d interleaved maps, which are independent of each other; each is divided separately.
struct Tiling {
  int64_t height, width, dilation, rows, columns;
};

/// The position in the map of a tile's first place.
struct Place {
  int64_t image, y, x;
};

VECTOR_INLINE Place first_place(const Tiling &tiling, int64_t index) {
  const int64_t dilation = tiling.dilation;
  const int64_t column = index % tiling.columns;
  index /= tiling.columns;
  const int64_t row = index % tiling.rows;
  index /= tiling.rows;
  const int64_t x = index % dilation, y = index / dilation % dilation;
  return {index / (dilation * dilation), y + row * tile * dilation, x + column * tile * dilation};
}

/// The offsets in a map, in floats, of the places of a square with `side` places per side that begins at `first`; −1
/// outside of the map.
template <int side>
VECTOR_INLINE void find_square(
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

/// Reads a square, with zeros outside of the map; the distance of its rows is `window` vectors.
template <int side, typename Lane>
VECTOR_INLINE void load_square(const float *map, const int64_t *offsets, Lane *out) {
  for (int i = 0; i < side; i++) {
    for (int j = 0; j < side; j++) {
      const int64_t offset = offsets[i * side + j];
      Lane &value = out[i * window + j];
      if (offset < 0) {
        value = Lane{};
      } else {
        vectors::load(map + offset, value);
      }
    }
  }
}

/// Bᵀ x B of some tiles, one row of `out` for each.
template <typename Lane>
VECTOR_INLINE void transform_inputs(
    vectors::Of<Lane>, const float *map, int64_t channels, Tiling tiling, Range tiles, Factors out) {
  for (int64_t index = tiles.begin; index < tiles.end; index++) {
    Place first = first_place(tiling, index);
    first.y -= tiling.dilation;
    first.x -= tiling.dilation;
    int64_t offsets[window * window];
    find_square<window>(channels, tiling, first, offsets);
    for (int64_t channel = 0; channel < channels; channel += vectors::width<Lane>) {
      Lane square[window_size];
      load_square<window>(map + channel, offsets, square);
      for (int j = 0; j < window; j++) input_transform(square + j, window, square + j);
      for (int i = 0; i < window; i++) input_transform(square + window * i, 1, square + window * i);
      store_factors(square, out, index - tiles.begin, channel);
    }
  }
}

/// What happens to the sums of a convolution; bias, addend or both may be null. The addend is a map of the sums' shape.
struct Ending {
  const float *bias, *addend;
  bool rectifies;
};

/// Aᵀ m A of some tiles, one row of `products` for each, into the channels `some` of a map.
template <typename Lane>
VECTOR_INLINE void transform_outputs(
    vectors::Of<Lane>, Factors products, const Ending &ending, float *map, int64_t channels, Range some,
    Tiling tiling, Range tiles) {
  for (int64_t index = tiles.begin; index < tiles.end; index++) {
    int64_t offsets[tile * tile];
    find_square<tile>(channels, tiling, first_place(tiling, index), offsets);
    for (int64_t channel = some.begin; channel < some.end; channel += vectors::width<Lane>) {
      Lane square[window_size], halves[tile * window];
      load_factors(products, index - tiles.begin, channel - some.begin, square);
      for (int j = 0; j < window; j++) output_transform(square + j, window, halves + j, window);
      Lane shift{};
      if (ending.bias) vectors::load(ending.bias + channel, shift);
      for (int i = 0; i < tile; i++) {
        Lane values[tile];
        output_transform(halves + window * i, 1, values, 1);
        for (int j = 0; j < tile; j++) {
          const int64_t offset = offsets[i * tile + j];
          if (offset < 0) continue;
          Lane value = values[j] + shift, other{};
          if (ending.addend) vectors::load(ending.addend + offset + channel, other);
          value += other;
          // So that NaN stays NaN.
          if (ending.rectifies) value = value <= 0 ? Lane{} : value;
          vectors::store(value, map + offset + channel);
        }
      }
    }
  }
}

/// A y Aᵀ of some tiles of a gradient, one row of `out` for each, in the channels `some`.
template <typename Lane>
VECTOR_INLINE void transform_output_gradients(
    vectors::Of<Lane>, const float *map, int64_t channels, Range some, Tiling tiling, Range tiles, Factors out) {
  for (int64_t index = tiles.begin; index < tiles.end; index++) {
    int64_t offsets[tile * tile];
    find_square<tile>(channels, tiling, first_place(tiling, index), offsets);
    for (int64_t channel = some.begin; channel < some.end; channel += vectors::width<Lane>) {
      Lane square[window_size];
      load_square<tile>(map + channel, offsets, square);
      for (int j = 0; j < tile; j++) output_gradient(square + j, window, square + j, window);
      for (int i = 0; i < window; i++) output_gradient(square + window * i, 1, square + window * i, 1);
      store_factors(square, out, index - tiles.begin, channel - some.begin);
    }
  }
}

}  // namespace winograd

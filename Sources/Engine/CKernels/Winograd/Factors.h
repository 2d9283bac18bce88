#pragma once

#include <cstdint>

#include "Vectors/Products.h"
#include "Winograd/Transforms.h"

namespace winograd {

using products::panel_width;

/// 36 matrices, one for each factor, at distances of `distance` floats. In each of them, the distance of rows is `row`
/// floats, and that of panels of columns is `panel` floats.
struct Factors {
  float *data;
  int64_t row, panel, distance;

  /// The rows from `first` on.
  Factors from_row(int64_t first) const { return {data + first * row, row, panel, distance}; }
};

VECTOR_INLINE int64_t offset(const Factors &factors, int64_t row, int64_t column) {
  return row * factors.row + column / panel_width * factors.panel + column % panel_width;
}

template <typename Lane>
VECTOR_INLINE void load_factors(
    const Factors &factors, int64_t row, int64_t column, Lane *out) {
  const float *place = factors.data + offset(factors, row, column);
  for (int k = 0; k < window_size; k++) vectors::load(place + k * factors.distance, out[k]);
}

template <typename Lane>
VECTOR_INLINE void store_factors(
    const Lane *values, const Factors &factors, int64_t row, int64_t column) {
  float *place = factors.data + offset(factors, row, column);
  for (int k = 0; k < window_size; k++) vectors::store(values[k], place + k * factors.distance);
}

}  // namespace winograd

#pragma once

#include <cstdint>
#include <type_traits>

#include "Vectors/Vectors.h"

// Products of matrices of which the right one is stored in panels: what the loops around them have just written in that order, so
// that a library's product would copy it once more.
namespace products {

/// The number of columns that are adjacent in memory.
constexpr int64_t panel_width = 16;

/// How many pairs of panels there are, of which the last may be one panel.
inline int64_t pair_count(int64_t columns) { return (columns / panel_width + 1) / 2; }

/// How many rows of the right matrix stay in the first cache, two panels of them.
constexpr int64_t depth_step = 128;

/// A matrix of any strides, in floats.
struct Matrix {
  const float *data;
  int64_t row, column;
};

/// A matrix of which a row's neighbouring vectors are at distances of `distance` floats.
struct Columns {
  const float *data;
  int64_t distance;
};

/// The same of sums, with the distance of the rows.
struct Sums {
  float *data;
  int64_t row, distance;
};

/// left·right for `rows` rows of left and `lanes` vectors of each of the `depth` rows of right; with `adds`, it is added to the
/// present values.
template <typename Lane, int rows, int lanes>
VECTOR_INLINE void multiply_rows(
    const Matrix &left, const Columns &right, int64_t depth, bool adds, const Sums &out) {
  Lane sums[rows][lanes];
  // Wholly unrolled, so that the sums stay in registers.
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < lanes; j++) sums[i][j] = Lane{};
  for (int64_t k = 0; k < depth; k++) {
    Lane taken[lanes];
    for (int j = 0; j < lanes; j++) vectors::load(right.data + k * panel_width + j * right.distance, taken[j]);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      const float value = left.data[i * left.row + k * left.column];
      for (int j = 0; j < lanes; j++) sums[i][j] += value * taken[j];
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < lanes; j++) {
      float *place = out.data + i * out.row + j * out.distance;
      Lane former{};
      // Sums of sums lose less than one long sum.
      if (adds) vectors::load(place, former);
      vectors::store(sums[i][j] + former, place);
    }
  }
}

/// The same for any number of rows.
template <typename Lane, int lanes>
VECTOR_INLINE void multiply_columns(
    Matrix left, const Columns &right, int64_t rows, int64_t depth, bool adds, Sums out) {
  // As many sums as there are registers beside the vectors of right and a value.
  constexpr bool has_32_registers = sizeof(Lane) == sizeof(vectors::Lane16);
  constexpr int step = has_32_registers ? 12 : 6, small_step = has_32_registers ? 4 : 2;
  const auto by = [&](auto count) ALWAYS_INLINE {
    for (; rows >= count; rows -= count) {
      multiply_rows<Lane, count, lanes>(left, right, depth, adds, out);
      left.data += count * left.row;
      out.data += count * out.row;
    }
  };
  by(std::integral_constant<int, step>());
  by(std::integral_constant<int, small_step>());
  by(std::integral_constant<int, 1>());
}

/// The same for one or two panels of right, at distances of `right.distance` and `out.distance`.
template <typename Lane>
VECTOR_INLINE void multiply_panels(
    vectors::Of<Lane>, const Matrix &left, const Columns &right, int64_t panels, int64_t rows, int64_t depth, bool adds,
    const Sums &out) {
  constexpr int width = vectors::width<Lane>;
  if (width == panel_width && panels == 2)
    return multiply_columns<Lane, 2>(left, right, rows, depth, adds, out);
  for (int64_t panel = 0; panel < panels; panel++) {
    multiply_columns<Lane, panel_width / width>(
        left, {right.data + panel * right.distance, width}, rows, depth, adds,
        {out.data + panel * out.distance, out.row, width});
  }
}

}  // namespace products

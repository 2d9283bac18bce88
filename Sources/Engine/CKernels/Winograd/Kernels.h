#pragma once

#include "Vectors/Parallel.h"
#include "Winograd/Factors.h"
#include "Winograd/Transforms.h"

// Loops over kernels, K×3×3×C in memory. Numbers of channels are multiples of `panel_width`.
namespace winograd {

using kernels::Range;

/// G g Gᵀ of a vector of kernels, in one row of `out`.
template <typename Lane>
VECTOR_INLINE void transform_kernel(const Lane *kernel, const Factors &out, int64_t row, int64_t column) {
  Lane halves[window * taps], square[window_size];
  for (int j = 0; j < taps; j++) kernel_transform(kernel + j, taps, halves + j, taps);
  for (int i = 0; i < window; i++) kernel_transform(halves + taps * i, 1, square + window * i, 1);
  store_factors(square, out, row, column);
}

/// G g Gᵀ of the kernels `some` of K×3×3×C, each times its number in `scale` unless that is null, for the channels `inputs`: a row
/// for each channel, a column for each kernel.
template <typename Lane>
VECTOR_INLINE void transform_kernels(
    vectors::Of<Lane>, const float *kernels, const float *scale, int64_t channels, Range inputs, Range some,
    Factors out) {
  constexpr int width = vectors::width<Lane>;
  for (int64_t channel = inputs.begin; channel < inputs.end; channel += width) {
    for (int64_t kernel = some.begin; kernel < some.end; kernel += width) {
      // Neighbours in memory are channels, and in the rows of `out` kernels.
      Lane square[taps_size][width];
      for (int tap = 0; tap < taps_size; tap++) {
        for (int i = 0; i < width; i++)
          vectors::load(kernels + ((kernel + i) * taps_size + tap) * channels + channel, square[tap][i]);
        vectors::transpose(square[tap]);
      }
      Lane factors = Lane{} + 1.0f;
      if (scale) vectors::load(scale + kernel, factors);
      for (int i = 0; i < width; i++) {
        Lane taken[taps_size];
        for (int tap = 0; tap < taps_size; tap++) taken[tap] = square[tap][i] * factors;
        transform_kernel(taken, out, channel + i, kernel - some.begin);
      }
    }
  }
}

/// The same of kernels rotated by half a turn, for the channels `some`: a row for each kernel, a column for each channel.
template <typename Lane>
VECTOR_INLINE void transform_turned_kernels(
    vectors::Of<Lane>, const float *kernels, const float *scale, int64_t channels, Range rows, Range some,
    Factors out) {
  for (int64_t row = rows.begin; row < rows.end; row++) {
    const float factor = scale ? scale[row] : 1;
    for (int64_t channel = some.begin; channel < some.end; channel += vectors::width<Lane>) {
      Lane taken[taps_size];
      for (int tap = 0; tap < taps_size; tap++) {
        vectors::load(kernels + (row * taps_size + taps_size - 1 - tap) * channels + channel, taken[tap]);
        taken[tap] *= factor;
      }
      transform_kernel(taken, out, row, channel - some.begin);
    }
  }
}

/// Gᵀ u G, the gradients of some kernels, one row of `sums` for each.
template <typename Lane>
VECTOR_INLINE void transform_kernel_gradients(
    vectors::Of<Lane>, Factors sums, float *kernels, int64_t channels, Range rows) {
  for (int64_t k = rows.begin; k < rows.end; k++) {
    for (int64_t channel = 0; channel < channels; channel += vectors::width<Lane>) {
      Lane square[window_size], halves[taps * window], kernel[taps_size];
      load_factors(sums, k - rows.begin, channel, square);
      for (int j = 0; j < window; j++) kernel_gradient(square + j, window, halves + j, window);
      for (int i = 0; i < taps; i++) kernel_gradient(halves + window * i, 1, kernel + taps * i, 1);
      for (int i = 0; i < taps_size; i++)
        vectors::store(kernel[i], kernels + (k * taps_size + i) * channels + channel);
    }
  }
}

}  // namespace winograd

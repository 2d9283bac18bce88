#include <string.h>

#include "Processor.h"

#ifdef HAS_AVX2_CODE

/// The samples of two pixels, four floats each; the fourth is not used.
AVX2 static inline __m256 two_pixels(const uint8_t *first, const uint8_t *second) {
  uint32_t low, high;
  memcpy(&low, first, 4);
  memcpy(&high, second, 4);
  const __m128i bytes = _mm_set_epi64x(0, (int64_t)((uint64_t)high << 32 | low));
  return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes));
}

AVX2 static size_t mix_columns(
    const cpx_linear_tap *taps, size_t count, const uint8_t *row, size_t available,
    float *output) {
  size_t column = 0;
  // Four samples are read for each pixel; the second neighbour of the second pixel is the last.
  for (; column + 2 <= count && (size_t)taps[column + 1].second + 4 <= available; column += 2) {
    const cpx_linear_tap *tap = taps + column;
    const __m256 weight = _mm256_set_m128(_mm_set1_ps(tap[1].weight), _mm_set1_ps(tap[0].weight));
    const __m256 first = _mm256_mul_ps(
        _mm256_sub_ps(_mm256_set1_ps(1), weight),
        two_pixels(row + tap[0].first, row + tap[1].first));
    const __m256 second =
        _mm256_mul_ps(weight, two_pixels(row + tap[0].second, row + tap[1].second));
    const __m256 mixed = _mm256_add_ps(first, second);
    _mm_storeu_ps(output + 3 * column, _mm256_castps256_ps128(mixed));
    _mm_storeu_ps(output + 3 * column + 3, _mm256_extractf128_ps(mixed, 1));
  }
  return column;
}

size_t cpx_mix_rgb_columns(
    const cpx_linear_tap *taps, size_t count, const uint8_t *row, size_t available,
    float *output) {
  return has_avx2() ? mix_columns(taps, count, row, available, output) : 0;
}

#else

size_t cpx_mix_rgb_columns(
    const cpx_linear_tap *taps, size_t count, const uint8_t *row, size_t available,
    float *output) {
  return 0;
}

#endif

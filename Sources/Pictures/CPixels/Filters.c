#include <string.h>

#include "Processor.h"

#ifdef HAS_AVX2_CODE

/// Each byte plus the bytes that are a multiple of `step` before it; callers give a constant `step`.
AVX2 static inline __attribute__((always_inline)) __m128i summed(__m128i bytes, size_t step) {
  if (step == 1) {
    bytes = _mm_add_epi8(bytes, _mm_slli_si128(bytes, 1));
    bytes = _mm_add_epi8(bytes, _mm_slli_si128(bytes, 2));
  }
  if (step == 3) {
    bytes = _mm_add_epi8(bytes, _mm_slli_si128(bytes, 3));
    bytes = _mm_add_epi8(bytes, _mm_slli_si128(bytes, 6));
    return _mm_add_epi8(bytes, _mm_slli_si128(bytes, 12));
  }
  bytes = _mm_add_epi8(bytes, _mm_slli_si128(bytes, 4));
  return _mm_add_epi8(bytes, _mm_slli_si128(bytes, 8));
}

/// The last pixel of 16 bytes repeated.
AVX2 static inline __attribute__((always_inline)) __m128i repeating_mask(size_t step) {
  switch (step) {
    case 1: return _mm_set1_epi8(15);
    case 3:
      return _mm_setr_epi8(12, 13, 14, 12, 13, 14, 12, 13, 14, 12, 13, 14, 12, 13, 14, 12);
    default: return _mm_set1_epi32(0x0F0E0D0C);
  }
}

AVX2 static inline __attribute__((always_inline)) size_t add_left(
    const uint8_t *source, size_t count, size_t step, uint8_t *output) {
  const size_t block = 16 / step * step;
  const __m128i mask = repeating_mask(step);
  __m128i last = _mm_setzero_si128();
  size_t index = 0;
  // The next block overwrites what is written behind the pixels of the block.
  for (; index + 16 <= count; index += block) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(source + index));
    const __m128i pixels = _mm_add_epi8(summed(bytes, step), last);
    _mm_storeu_si128((__m128i *)(output + index), pixels);
    last = _mm_shuffle_epi8(pixels, mask);
  }
  return index;
}

AVX2 static size_t add_above(
    const uint8_t *source, const uint8_t *above, size_t count, uint8_t *output) {
  size_t index = 0;
  for (; index + 32 <= count; index += 32) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(source + index));
    const __m256i others = _mm256_loadu_si256((const __m256i *)(above + index));
    _mm256_storeu_si256((__m256i *)(output + index), _mm256_add_epi8(bytes, others));
  }
  return index;
}

AVX2 static inline __m128i four_bytes(const uint8_t *source) {
  int32_t word;
  memcpy(&word, source, 4);
  return _mm_cvtsi32_si128(word);
}

AVX2 static inline void store_four_bytes(__m128i bytes, uint8_t *output) {
  const int32_t word = _mm_cvtsi128_si32(bytes);
  memcpy(output, &word, 4);
}

AVX2 static inline __attribute__((always_inline)) size_t add_mean(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output) {
  __m128i left = _mm_setzero_si128();
  size_t index = 0;
  for (; index + 4 <= count; index += step) {
    const __m128i up = four_bytes(above + index);
    // The instruction rounds up.
    const __m128i excess = _mm_and_si128(_mm_xor_si128(left, up), _mm_set1_epi8(1));
    const __m128i mean = _mm_sub_epi8(_mm_avg_epu8(left, up), excess);
    left = _mm_add_epi8(mean, four_bytes(source + index));
    store_four_bytes(left, output + index);
  }
  return index;
}

/// Samples are 16 bits wide here.
AVX2 static inline __attribute__((always_inline)) size_t add_nearest(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output) {
  __m128i left = _mm_setzero_si128();
  __m128i corner = _mm_setzero_si128();
  size_t index = 0;
  for (; index + 4 <= count; index += step) {
    const __m128i up = _mm_cvtepu8_epi16(four_bytes(above + index));
    const __m128i difference = _mm_cvtepu8_epi16(four_bytes(source + index));
    // How far left + up − corner lies from each of the three.
    const __m128i towards_up = _mm_sub_epi16(up, corner);
    const __m128i towards_left = _mm_sub_epi16(left, corner);
    const __m128i from_left = _mm_abs_epi16(towards_up);
    const __m128i from_up = _mm_abs_epi16(towards_left);
    const __m128i from_corner = _mm_abs_epi16(_mm_add_epi16(towards_left, towards_up));
    const __m128i least = _mm_min_epi16(_mm_min_epi16(from_left, from_up), from_corner);
    __m128i nearest = _mm_blendv_epi8(corner, up, _mm_cmpeq_epi16(least, from_up));
    nearest = _mm_blendv_epi8(nearest, left, _mm_cmpeq_epi16(least, from_left));
    // The upper bytes are zeros and stay zeros.
    left = _mm_add_epi8(nearest, difference);
    corner = up;
    store_four_bytes(_mm_packus_epi16(left, left), output + index);
  }
  return index;
}

// The size of a pixel is a constant here, so that the compiler leaves out the other cases.

AVX2 static size_t add_left_pixels(
    const uint8_t *source, size_t count, size_t step, uint8_t *output) {
  switch (step) {
    case 1: return add_left(source, count, 1, output);
    case 3: return add_left(source, count, 3, output);
    case 4: return add_left(source, count, 4, output);
    default: return 0;
  }
}

AVX2 static size_t add_mean_pixels(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output) {
  switch (step) {
    case 3: return add_mean(source, above, count, 3, output);
    case 4: return add_mean(source, above, count, 4, output);
    default: return 0;
  }
}

AVX2 static size_t add_nearest_pixels(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output) {
  switch (step) {
    case 3: return add_nearest(source, above, count, 3, output);
    case 4: return add_nearest(source, above, count, 4, output);
    default: return 0;
  }
}

size_t cpx_add_left(const uint8_t *source, size_t count, size_t step, uint8_t *output) {
  return has_avx2() ? add_left_pixels(source, count, step, output) : 0;
}

size_t cpx_add_above(
    const uint8_t *source, const uint8_t *above, size_t count, uint8_t *output) {
  return has_avx2() ? add_above(source, above, count, output) : 0;
}

size_t cpx_add_mean(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output) {
  return has_avx2() ? add_mean_pixels(source, above, count, step, output) : 0;
}

size_t cpx_add_nearest(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output) {
  return has_avx2() ? add_nearest_pixels(source, above, count, step, output) : 0;
}

#else

size_t cpx_add_left(const uint8_t *source, size_t count, size_t step, uint8_t *output) {
  return 0;
}

size_t cpx_add_above(
    const uint8_t *source, const uint8_t *above, size_t count, uint8_t *output) {
  return 0;
}

size_t cpx_add_mean(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output) {
  return 0;
}

size_t cpx_add_nearest(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output) {
  return 0;
}

#endif

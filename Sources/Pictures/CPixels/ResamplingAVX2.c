#include <stdlib.h>
#include <string.h>

#include "Resampling.h"

#ifdef HAS_AVX2_CODE

/// Rounded sums; they are limited to a sample's range when they are packed.
AVX2 static inline __m256i rounded(__m256i high, __m256i low) {
  return _mm256_srai_epi32(_mm256_add_epi32(_mm256_slli_epi32(high, 11), low), 22);
}

/// A pixel of two rows at a time: four sums each; the fourth is not used.
AVX2 static inline __m256i mixed_pixels(
    const uint8_t *upper, const uint8_t *lower, const tap_pair *weights, size_t pairs) {
  // From the 12 bytes of four pixels, the samples of two as 16 bits side by side, channel after channel.
  const __m256i first_two = _mm256_setr_epi8(
      0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,
      0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
  const __m256i last_two = _mm256_setr_epi8(
      6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1,
      6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
  __m256i high = _mm256_setzero_si256();
  __m256i low = _mm256_set1_epi32(1 << 21);
  size_t pair = 0;
  for (; pair < pairs; pair += 2) {
    const __m256i bytes = _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(upper + 6 * pair))),
        _mm_loadu_si128((const __m128i *)(lower + 6 * pair)), 1);
    const __m256i samples = _mm256_shuffle_epi8(bytes, first_two);
    high = _mm256_add_epi32(
        high, _mm256_madd_epi16(samples, _mm256_set1_epi32(weights[pair].high)));
    low =
        _mm256_add_epi32(low, _mm256_madd_epi16(samples, _mm256_set1_epi32(weights[pair].low)));
    if (pair + 1 == pairs) break;
    const __m256i next = _mm256_shuffle_epi8(bytes, last_two);
    high = _mm256_add_epi32(
        high, _mm256_madd_epi16(next, _mm256_set1_epi32(weights[pair + 1].high)));
    low = _mm256_add_epi32(
        low, _mm256_madd_epi16(next, _mm256_set1_epi32(weights[pair + 1].low)));
  }
  return rounded(high, low);
}

/// Two pixels of two rows, which share the weights: six samples each and two unused bytes, in the first and the third
/// quarter. For usual scales the callers give a constant `pairs`.
AVX2 static inline __attribute__((always_inline)) __m256i mixed_two_pixels(
    cpx_kernel kernel, const tap_pair *weights, size_t pairs, size_t first, size_t column,
    size_t partner, const uint8_t *upper, const uint8_t *lower) {
  // The first three samples of two pixels side by side.
  const __m256i packing = _mm256_setr_epi8(
      0, 1, 2, 4, 5, 6, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
      0, 1, 2, 4, 5, 6, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const size_t start = 3 * ((size_t)kernel.starts[column] - first);
  const size_t next = 3 * ((size_t)kernel.starts[partner] - first);
  const __m256i sums = _mm256_packs_epi32(
      mixed_pixels(upper + start, lower + start, weights + pairs * column, pairs),
      mixed_pixels(upper + next, lower + next, weights + pairs * partner, pairs));
  return _mm256_shuffle_epi8(_mm256_packus_epi16(sums, sums), packing);
}

AVX2 static inline __attribute__((always_inline)) void resample_two_rows(
    cpx_kernel kernel, const tap_pair *weights, size_t pairs, size_t first, const uint8_t *upper,
    const uint8_t *lower, uint8_t *upper_output, uint8_t *lower_output) {
  size_t column = 0;
  // The next pixels overwrite the two bytes too many.
  for (; column + 3 <= kernel.count; column += 2) {
    const __m256i samples = mixed_two_pixels(
        kernel, weights, pairs, first, column, column + 1, upper, lower);
    _mm_storel_epi64(
        (__m128i *)(upper_output + 3 * column), _mm256_castsi256_si128(samples));
    _mm_storel_epi64(
        (__m128i *)(lower_output + 3 * column), _mm256_extracti128_si256(samples, 1));
  }
  for (; column < kernel.count; column += 2) {
    // The last of an odd number of pixels is its own partner.
    const size_t partner = column + 1 < kernel.count ? column + 1 : column;
    const __m256i samples =
        mixed_two_pixels(kernel, weights, pairs, first, column, partner, upper, lower);
    const int64_t above = _mm256_extract_epi64(samples, 0);
    const int64_t below = _mm256_extract_epi64(samples, 2);
    memcpy(upper_output + 3 * column, &above, partner > column ? 6 : 3);
    memcpy(lower_output + 3 * column, &below, partner > column ? 6 : 3);
  }
}

AVX2 static void resample_rows(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t width, size_t rows,
    size_t first, uint8_t *output, uint8_t *last_rows) {
  const size_t pairs = pair_count(kernel);
  const size_t row_bytes = 3 * width;
  const size_t padded = row_bytes + 16;
  for (size_t row = 0; row < rows; row += 2) {
    const uint8_t *upper = input + row * row_bytes;
    // The last of an odd number of rows is its own partner.
    const size_t partner = row + 1 < rows ? row + 1 : row;
    const uint8_t *lower = input + partner * row_bytes;
    if (16 > (rows - partner - 1) * row_bytes) {
      // Up to 16 bytes behind a row are read, which do not exist behind the last rows.
      memcpy(last_rows, upper, row_bytes);
      memcpy(last_rows + padded, lower, row_bytes);
      upper = last_rows;
      lower = last_rows + padded;
    }
    uint8_t *above = output + row * 3 * kernel.count;
    uint8_t *below = output + partner * 3 * kernel.count;
    if (pairs == 2) {
      resample_two_rows(kernel, weights, 2, first, upper, lower, above, below);
    } else {
      resample_two_rows(kernel, weights, pairs, first, upper, lower, above, below);
    }
  }
}

/// 16 samples of a row, mixed from the samples at the same columns of the source rows.
AVX2 static inline __attribute__((always_inline)) __m128i mixed_columns(
    const uint8_t *source, size_t row_bytes, const tap_pair *weights, size_t pairs,
    int ends_with_one) {
  __m256i high_a = _mm256_setzero_si256();
  __m256i high_b = _mm256_setzero_si256();
  __m256i low_a = _mm256_set1_epi32(1 << 21);
  __m256i low_b = _mm256_set1_epi32(1 << 21);
  for (size_t pair = 0; pair < pairs; pair++) {
    const uint8_t *above = source + 2 * pair * row_bytes;
    // Behind the last row there may be no memory; its weight would be 0.
    const uint8_t *below = ends_with_one && pair + 1 == pairs ? above : above + row_bytes;
    const __m256i a = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)above));
    const __m256i b = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)below));
    const __m256i left = _mm256_unpacklo_epi16(a, b);
    const __m256i right = _mm256_unpackhi_epi16(a, b);
    const __m256i high = _mm256_set1_epi32(weights[pair].high);
    const __m256i low = _mm256_set1_epi32(weights[pair].low);
    high_a = _mm256_add_epi32(high_a, _mm256_madd_epi16(left, high));
    high_b = _mm256_add_epi32(high_b, _mm256_madd_epi16(right, high));
    low_a = _mm256_add_epi32(low_a, _mm256_madd_epi16(left, low));
    low_b = _mm256_add_epi32(low_b, _mm256_madd_epi16(right, low));
  }
  const __m256i words = _mm256_packs_epi32(rounded(high_a, low_a), rounded(high_b, low_b));
  return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

AVX2 void resample_columns_avx2(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t row_bytes,
    size_t first, uint8_t *output) {
  const size_t pairs = pair_count(kernel);
  const int is_odd = kernel.taps % 2;
  for (size_t row = 0; row < kernel.count; row++) {
    const uint8_t *source = input + ((size_t)kernel.starts[row] - first) * row_bytes;
    uint8_t *target = output + row * row_bytes;
    for (size_t column = 0; column < row_bytes; column += 16) {
      // The last 16 may overlap those before.
      const size_t place = column + 16 <= row_bytes ? column : row_bytes - 16;
      const __m128i samples =
          mixed_columns(source + place, row_bytes, weights + pairs * row, pairs, is_odd);
      _mm_storeu_si128((__m128i *)(target + place), samples);
    }
  }
}

bool resample_rows_avx2(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t width, size_t rows,
    size_t first, uint8_t *output) {
  uint8_t *last_rows = calloc(2, 3 * width + 16);
  if (last_rows == NULL) return false;
  resample_rows(kernel, weights, input, width, rows, first, output, last_rows);
  free(last_rows);
  return true;
}

#endif

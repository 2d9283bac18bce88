#include <stdlib.h>

#include "Resampling.h"

#ifdef HAS_AVX2_CODE

// How many pixels of a row are computed together, from `source_bytes` of its source: the 15 samples fill a vector of 16 numbers but
// for one. And in how many rows at a time, which share the weights.
enum { group_pixels = 5, source_bytes = 64, lanes = 16, block_rows = 8 };

/// What a group takes from a pair of taps: the places of the two samples in the source of the group, counted in bytes and side by
/// side, and their weights. Numbers that belong to no sample are 0.
typedef struct {
  uint32_t places[lanes];
  int32_t high[lanes];
  int32_t low[lanes];
} group_taps;

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/// How far in bytes the source of a pixel lies behind that of its group.
static size_t distance_in_group(cpx_kernel kernel, size_t pixel) {
  return 3 * (size_t)(kernel.starts[pixel] - kernel.starts[pixel - pixel % group_pixels]);
}

/// What each group takes, pair after pair. NULL if the sources of a group lie too far apart, or memory is out.
static group_taps *make_groups(cpx_kernel kernel, const tap_pair *weights) {
  for (size_t pixel = 0; pixel < kernel.count; pixel++)
    if (distance_in_group(kernel, pixel) + 3 * kernel.taps > source_bytes) return NULL;
  const size_t pairs = pair_count(kernel);
  const size_t groups = (kernel.count + group_pixels - 1) / group_pixels;
  group_taps *table = calloc(groups * pairs, sizeof(group_taps));
  if (table == NULL) return NULL;
  for (size_t pixel = 0; pixel < kernel.count; pixel++) {
    for (size_t pair = 0; pair < pairs; pair++) {
      group_taps *taps = table + pixel / group_pixels * pairs + pair;
      for (size_t channel = 0; channel < 3; channel++) {
        const size_t lane = pixel % group_pixels * 3 + channel;
        // The partner of an odd tap may lie behind the source: only the last six bits of a place count, and its weight is 0.
        const size_t place = distance_in_group(kernel, pixel) + 6 * pair + channel;
        taps->places[lane] = (uint32_t)(place | (place + 3) << 16);
        taps->high[lane] = weights[pairs * pixel + pair].high;
        taps->low[lane] = weights[pairs * pixel + pair].low;
      }
    }
  }
  return table;
}

/// Rounded sums; they are limited to a sample's range when they are narrowed.
AVX512 static inline __m512i rounded(__m512i high, __m512i low) {
  return _mm512_srai_epi32(_mm512_add_epi32(_mm512_slli_epi32(high, 11), low), 22);
}

/// The pixels of a block of rows. For usual scales the caller gives a constant `pairs`.
AVX512 static inline __attribute__((always_inline)) void resample_block(
    cpx_kernel kernel, const group_taps *taps, size_t pairs, size_t first, size_t row_bytes,
    const uint8_t *const *input, uint8_t *const *output) {
  for (size_t pixel = 0; pixel < kernel.count; pixel += group_pixels, taps += pairs) {
    const size_t start = 3 * ((size_t)kernel.starts[pixel] - first);
    const size_t rest = row_bytes - start;
    const __mmask64 readable = rest < source_bytes ? ((__mmask64)1 << rest) - 1 : ~(__mmask64)0;
    __m512i high[block_rows], low[block_rows];
#pragma clang loop unroll(full)
    for (int row = 0; row < block_rows; row++) {
      high[row] = _mm512_setzero_si512();
      low[row] = _mm512_set1_epi32(1 << 21);
    }
    for (size_t pair = 0; pair < pairs; pair++) {
      const __m512i places = _mm512_loadu_si512(taps[pair].places);
      const __m512i high_weights = _mm512_loadu_si512(taps[pair].high);
      const __m512i low_weights = _mm512_loadu_si512(taps[pair].low);
#pragma clang loop unroll(full)
      for (int row = 0; row < block_rows; row++) {
        const __m512i bytes = _mm512_maskz_loadu_epi8(readable, input[row] + start);
        // Every other byte stays 0, so that samples have 16 bits.
        const __m512i samples =
            _mm512_maskz_permutexvar_epi8(0x5555555555555555, places, bytes);
        high[row] = _mm512_dpwssd_epi32(high[row], samples, high_weights);
        low[row] = _mm512_dpwssd_epi32(low[row], samples, low_weights);
      }
    }
    const size_t pixels = smaller(group_pixels, kernel.count - pixel);
    // The next group overwrites the byte too many.
    const __mmask16 written =
        pixel + group_pixels < kernel.count ? 0xFFFF : (__mmask16)((1u << 3 * pixels) - 1);
#pragma clang loop unroll(full)
    for (int row = 0; row < block_rows; row++) {
      const __m512i sums =
          _mm512_max_epi32(rounded(high[row], low[row]), _mm512_setzero_si512());
      _mm_mask_storeu_epi8(output[row] + 3 * pixel, written, _mm512_cvtusepi32_epi8(sums));
    }
  }
}

AVX512 bool resample_rows_avx512(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t width, size_t rows,
    size_t first, uint8_t *output) {
  group_taps *taps = make_groups(kernel, weights);
  if (taps == NULL) return false;
  const size_t pairs = pair_count(kernel), row_bytes = 3 * width;
  for (size_t row = 0; row < rows; row += block_rows) {
    const uint8_t *sources[block_rows];
    uint8_t *targets[block_rows];
    for (size_t i = 0; i < block_rows; i++) {
      // The last row stands for those that a block lacks.
      const size_t number = smaller(row + i, rows - 1);
      sources[i] = input + number * row_bytes;
      targets[i] = output + number * 3 * kernel.count;
    }
    if (pairs == 2) {
      resample_block(kernel, taps, 2, first, row_bytes, sources, targets);
    } else {
      resample_block(kernel, taps, pairs, first, row_bytes, sources, targets);
    }
  }
  free(taps);
  return true;
}

/// Up to 32 samples of a row, those that `mask` has, mixed from the samples at the same columns of the source rows.
AVX512 static inline __attribute__((always_inline)) void mix_columns(
    const uint8_t *source, size_t row_bytes, const tap_pair *weights, size_t pairs,
    bool ends_with_one, __mmask32 mask, uint8_t *output) {
  __m512i high_a = _mm512_setzero_si512();
  __m512i high_b = _mm512_setzero_si512();
  __m512i low_a = _mm512_set1_epi32(1 << 21);
  __m512i low_b = _mm512_set1_epi32(1 << 21);
  for (size_t pair = 0; pair < pairs; pair++) {
    const uint8_t *above = source + 2 * pair * row_bytes;
    // Behind the last row there may be no memory; its weight would be 0.
    const uint8_t *below = ends_with_one && pair + 1 == pairs ? above : above + row_bytes;
    const __m512i a = _mm512_cvtepu8_epi16(_mm256_maskz_loadu_epi8(mask, above));
    const __m512i b = _mm512_cvtepu8_epi16(_mm256_maskz_loadu_epi8(mask, below));
    const __m512i left = _mm512_unpacklo_epi16(a, b);
    const __m512i right = _mm512_unpackhi_epi16(a, b);
    const __m512i high = _mm512_set1_epi32(weights[pair].high);
    const __m512i low = _mm512_set1_epi32(weights[pair].low);
    high_a = _mm512_dpwssd_epi32(high_a, left, high);
    high_b = _mm512_dpwssd_epi32(high_b, right, high);
    low_a = _mm512_dpwssd_epi32(low_a, left, low);
    low_b = _mm512_dpwssd_epi32(low_b, right, low);
  }
  const __m512i words = _mm512_max_epi16(
      _mm512_packs_epi32(rounded(high_a, low_a), rounded(high_b, low_b)),
      _mm512_setzero_si512());
  _mm256_mask_storeu_epi8(output, mask, _mm512_cvtusepi16_epi8(words));
}

AVX512 void resample_columns_avx512(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t row_bytes,
    size_t first, uint8_t *output) {
  const size_t pairs = pair_count(kernel), whole = row_bytes / 32 * 32;
  const bool is_odd = kernel.taps % 2 == 1;
  const __mmask32 rest = ((__mmask32)1 << (row_bytes - whole)) - 1;
  for (size_t row = 0; row < kernel.count; row++, weights += pairs) {
    const uint8_t *source = input + ((size_t)kernel.starts[row] - first) * row_bytes;
    uint8_t *target = output + row * row_bytes;
    for (size_t column = 0; column < whole; column += 32) {
      mix_columns(
          source + column, row_bytes, weights, pairs, is_odd, ~(__mmask32)0, target + column);
    }
    if (rest != 0)
      mix_columns(source + whole, row_bytes, weights, pairs, is_odd, rest, target + whole);
  }
}

#endif

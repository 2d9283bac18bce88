#include "Channels.h"

#ifdef HAS_AVX2_CODE

AVX2 static uint64_t sum_luminances(const uint8_t *pixels, size_t count) {
  const size_t whole = count / 8 * 8;
  // A lane of 32 bits holds the sum of this many luminances.
  const size_t most = (size_t)1 << 26;
  uint64_t sum = 0;
  for (size_t start = 0; start < whole; start += most) {
    const size_t end = whole - start < most ? whole : start + most;
    __m256i sums = _mm256_setzero_si256();
    for (size_t pixel = start; pixel < end; pixel += 8) {
      const __m256i bytes = load_eight_pixels(pixels + 3 * pixel);
      sums = _mm256_add_epi32(
          sums,
          luminance_of(channel_of(bytes, 0), channel_of(bytes, 1), channel_of(bytes, 2)));
    }
    uint32_t lanes[8];
    _mm256_storeu_si256((__m256i *)lanes, sums);
    for (int lane = 0; lane < 8; lane++) sum += lanes[lane];
  }
  return sum;
}

AVX2 static inline __m256i chosen(__m256i if_clear, __m256i if_set, __m256i bit_at_the_top) {
  return _mm256_blendv_epi8(if_clear, if_set, bit_at_the_top);
}

AVX2 static size_t map_samples_avx2(
    const uint8_t *table, const uint8_t *samples, size_t count, uint8_t *output) {
  __m256i rows[16];
  for (int row = 0; row < 16; row++) {
    rows[row] =
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(table + 16 * row)));
  }
  size_t index = 0;
  for (; index + 32 <= count; index += 32) {
    const __m256i input = _mm256_loadu_si256((const __m256i *)(samples + index));
    // The low four bits choose within each row of 16; the high ones choose the row, bit by bit from the lowest.
    const __m256i places = _mm256_and_si256(input, _mm256_set1_epi8(15));
    const __m256i bit_4 = _mm256_slli_epi16(input, 3);
    const __m256i bit_5 = _mm256_slli_epi16(input, 2);
    const __m256i bit_6 = _mm256_slli_epi16(input, 1);
    __m256i halves[2];
    for (int half = 0; half < 2; half++) {
      __m256i quarters[2];
      for (int quarter = 0; quarter < 2; quarter++) {
        __m256i pairs[2];
        for (int pair = 0; pair < 2; pair++) {
          const int row = 8 * half + 4 * quarter + 2 * pair;
          pairs[pair] = chosen(
              _mm256_shuffle_epi8(rows[row], places), _mm256_shuffle_epi8(rows[row + 1], places),
              bit_4);
        }
        quarters[quarter] = chosen(pairs[0], pairs[1], bit_5);
      }
      halves[half] = chosen(quarters[0], quarters[1], bit_6);
    }
    _mm256_storeu_si256((__m256i *)(output + index), chosen(halves[0], halves[1], input));
  }
  return index;
}

AVX512 static size_t map_samples_avx512(
    const uint8_t *table, const uint8_t *samples, size_t count, uint8_t *output) {
  const __m512i quarter[4] = {
      _mm512_loadu_si512(table), _mm512_loadu_si512(table + 64),
      _mm512_loadu_si512(table + 128), _mm512_loadu_si512(table + 192)};
  size_t index = 0;
  for (; index + 64 <= count; index += 64) {
    const __m512i input = _mm512_loadu_si512(samples + index);
    // The low seven bits choose within each half of the table, and the highest bit the half.
    const __m512i lower = _mm512_permutex2var_epi8(quarter[0], input, quarter[1]);
    const __m512i upper = _mm512_permutex2var_epi8(quarter[2], input, quarter[3]);
    const __m512i mapped = _mm512_mask_blend_epi8(_mm512_movepi8_mask(input), lower, upper);
    _mm512_storeu_si512(output + index, mapped);
  }
  return index;
}

bool cpx_sum_rgb_luminances(const uint8_t *pixels, size_t count, uint64_t *sum) {
  if (!has_avx2()) return false;
  *sum = sum_luminances(pixels, count);
  return true;
}

size_t cpx_map_samples(
    cpx_instructions widest, const uint8_t *table, const uint8_t *samples, size_t count,
    uint8_t *output) {
  switch (widest) {
    case cpx_avx512: return map_samples_avx512(table, samples, count, output);
    case cpx_avx2: return map_samples_avx2(table, samples, count, output);
    default: return 0;
  }
}

#else

bool cpx_sum_rgb_luminances(const uint8_t *pixels, size_t count, uint64_t *sum) {
  return false;
}

size_t cpx_map_samples(
    cpx_instructions widest, const uint8_t *table, const uint8_t *samples, size_t count,
    uint8_t *output) {
  return 0;
}

#endif

#include "Channels.h"

#ifdef HAS_AVX2_CODE

/// value · (1 − share), rounded, for four pixels.
AVX2 static inline __m128i remaining(__m256d value, __m256d share) {
  const __m256d rest = _mm256_sub_pd(_mm256_set1_pd(1), share);
  return _mm256_cvttpd_epi32(
      _mm256_add_pd(_mm256_mul_pd(value, rest), _mm256_set1_pd(0.5)));
}

/// The samples of four pixels, one word per pixel: the greatest, the least, the falling and the rising one.
AVX2 static inline __m128i samples_of_four(__m128i value, __m128 strengths, __m128 fractions) {
  const __m256d greatest = _mm256_cvtepi32_pd(value);
  const __m256d strength = _mm256_cvtps_pd(strengths);
  const __m256d fraction = _mm256_cvtps_pd(fractions);
  const __m128i least = remaining(greatest, strength);
  const __m128i falling = remaining(greatest, _mm256_mul_pd(strength, fraction));
  const __m128i rising = remaining(
      greatest, _mm256_mul_pd(strength, _mm256_sub_pd(_mm256_set1_pd(1), fraction)));
  return _mm_or_si128(
      _mm_or_si128(value, _mm_slli_epi32(least, 8)),
      _mm_or_si128(_mm_slli_epi32(falling, 16), _mm_slli_epi32(rising, 24)));
}

/// The table of hues for each pixel: it depends on which channel is the largest and which is the smallest.
AVX2 static inline __m256i tables_of(__m256i red, __m256i green, __m256i blue, __m256i largest) {
  const __m256i one = _mm256_set1_epi32(1);
  const __m256i of_red = _mm256_andnot_si256(_mm256_cmpgt_epi32(blue, green), one);
  const __m256i of_green = _mm256_add_epi32(
      _mm256_set1_epi32(2), _mm256_andnot_si256(_mm256_cmpgt_epi32(blue, red), one));
  const __m256i of_blue = _mm256_add_epi32(
      _mm256_set1_epi32(4), _mm256_andnot_si256(_mm256_cmpgt_epi32(green, red), one));
  const __m256i other =
      _mm256_blendv_epi8(of_blue, of_green, _mm256_cmpeq_epi32(green, largest));
  return _mm256_blendv_epi8(other, of_red, _mm256_cmpeq_epi32(red, largest));
}

AVX2 static inline __m256i sample_at(__m256i words, __m256i shifts, int channel) {
  const __m256i byte = _mm256_set1_epi32(0xFF);
  const __m256i shift = _mm256_and_si256(_mm256_srli_epi32(shifts, 8 * channel), byte);
  return _mm256_slli_epi32(_mm256_and_si256(_mm256_srlv_epi32(words, shift), byte), 8 * channel);
}

/// Eight pixels, each with red, green and blue in the lowest bytes of a word.
AVX2 static inline __m256i turned(cpx_hue_tables tables, __m256i pixels, __m256i steps) {
  const __m256i red = channel_of(pixels, 0);
  const __m256i green = channel_of(pixels, 1);
  const __m256i blue = channel_of(pixels, 2);
  const __m256i largest = _mm256_max_epi32(_mm256_max_epi32(red, green), blue);
  const __m256i smallest = _mm256_min_epi32(_mm256_min_epi32(red, green), blue);
  const __m256i range = _mm256_sub_epi32(largest, smallest);
  const __m256i third = _mm256_sub_epi32(
      _mm256_add_epi32(_mm256_add_epi32(red, green), blue), _mm256_add_epi32(largest, smallest));
  const __m256i row = _mm256_srli_epi32(
      _mm256_mullo_epi32(range, _mm256_add_epi32(range, _mm256_set1_epi32(1))), 1);
  const __m256i place = _mm256_add_epi32(
      _mm256_add_epi32(row, _mm256_sub_epi32(largest, third)),
      _mm256_mullo_epi32(
          tables_of(red, green, blue, largest), _mm256_set1_epi32(256 * 257 / 2)));
  const __m256i hue = _mm256_and_si256(
      _mm256_add_epi32(_mm256_i32gather_epi32((const int *)tables.hues, place, 1), steps),
      _mm256_set1_epi32(0xFF));
  const __m256 fraction = _mm256_i32gather_ps(tables.fractions, hue, 4);
  const __m256i shifts = _mm256_i32gather_epi32((const int *)tables.shifts, hue, 4);
  // Black has the saturation 0, for any divisor.
  const __m256 share = _mm256_div_ps(
      _mm256_cvtepi32_ps(range),
      _mm256_cvtepi32_ps(_mm256_max_epi32(largest, _mm256_set1_epi32(1))));
  const __m256i saturation = _mm256_cvttps_epi32(_mm256_mul_ps(share, _mm256_set1_ps(255)));
  const __m256 strength = _mm256_i32gather_ps(tables.strengths, saturation, 4);
  const __m128i first = samples_of_four(
      _mm256_castsi256_si128(largest), _mm256_castps256_ps128(strength),
      _mm256_castps256_ps128(fraction));
  const __m128i last = samples_of_four(
      _mm256_extracti128_si256(largest, 1), _mm256_extractf128_ps(strength, 1),
      _mm256_extractf128_ps(fraction, 1));
  const __m256i words = _mm256_inserti128_si256(_mm256_castsi128_si256(first), last, 1);
  return _mm256_or_si256(
      _mm256_or_si256(sample_at(words, shifts, 0), sample_at(words, shifts, 1)),
      sample_at(words, shifts, 2));
}

AVX2 static size_t turn_hues(
    cpx_hue_tables tables, const uint8_t *pixels, size_t count, uint8_t steps, uint8_t *output) {
  const __m256i packing = _mm256_setr_epi8(
      0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1,
      0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
  const __m256i turn = _mm256_set1_epi32(steps);
  size_t pixel = 0;
  // Four bytes too many are written, so there must be room for two more pixels.
  for (; pixel + 10 <= count; pixel += 8) {
    const __m256i words = turned(tables, load_eight_pixels(pixels + 3 * pixel), turn);
    const __m256i packed = _mm256_shuffle_epi8(words, packing);
    uint8_t *target = output + 3 * pixel;
    _mm_storeu_si128((__m128i *)target, _mm256_castsi256_si128(packed));
    _mm_storeu_si128((__m128i *)(target + 12), _mm256_extracti128_si256(packed, 1));
  }
  return pixel;
}

size_t cpx_turn_hues(
    cpx_hue_tables tables, const uint8_t *pixels, size_t count, uint8_t steps, uint8_t *output) {
  return has_avx2() ? turn_hues(tables, pixels, count, steps, output) : 0;
}

#else

size_t cpx_turn_hues(
    cpx_hue_tables tables, const uint8_t *pixels, size_t count, uint8_t steps, uint8_t *output) {
  return 0;
}

#endif

#include "Channels.h"

#ifdef HAS_AVX2_CODE

/// Eight samples on the lines between two others, limited to a sample's range and rounded down, 32 bits each.
AVX2 static inline __m256i blended(__m256i from, __m256i to, __m256 factor) {
  const __m256 start = _mm256_cvtepi32_ps(from);
  const __m256 way = _mm256_cvtepi32_ps(_mm256_sub_epi32(to, from));
  const __m256 value = _mm256_add_ps(start, _mm256_mul_ps(factor, way));
  const __m256 most = _mm256_min_ps(value, _mm256_set1_ps(255));
  return _mm256_cvttps_epi32(_mm256_max_ps(most, _mm256_setzero_ps()));
}

AVX2 static inline __m256i eight_samples(const uint8_t *source) {
  return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)source));
}

AVX2 static size_t blend(
    const uint8_t *from, const uint8_t *to, size_t count, float factor, uint8_t *output) {
  const __m256 factors = _mm256_set1_ps(factor);
  size_t index = 0;
  for (; index + 16 <= count; index += 16) {
    const __m256i first = blended(eight_samples(from + index), eight_samples(to + index), factors);
    const __m256i second =
        blended(eight_samples(from + index + 8), eight_samples(to + index + 8), factors);
    // Packing works on the two halves separately, so their middle parts must change places.
    const __m256i words =
        _mm256_permute4x64_epi64(_mm256_packus_epi32(first, second), 0xD8);
    const __m128i bytes = _mm_packus_epi16(
        _mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128((__m128i *)(output + index), bytes);
  }
  return index;
}

AVX2 static size_t blend_with_grey(
    const uint8_t *pixels, size_t count, float factor, uint8_t *output) {
  const __m256 factors = _mm256_set1_ps(factor);
  // Words of red, green and blue of four pixels in each half become bytes, pixel after pixel.
  const __m256i places = _mm256_setr_epi8(
      0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, -1, -1, -1, -1,
      0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, -1, -1, -1, -1);
  size_t pixel = 0;
  // Four bytes too many are written; the next pixels overwrite them.
  for (; pixel + 10 <= count; pixel += 8) {
    const __m256i bytes = load_eight_pixels(pixels + 3 * pixel);
    const __m256i red = channel_of(bytes, 0);
    const __m256i green = channel_of(bytes, 1);
    const __m256i blue = channel_of(bytes, 2);
    const __m256i grey = luminance_of(red, green, blue);
    const __m256i words = _mm256_packus_epi32(
        blended(grey, red, factors), blended(grey, green, factors));
    const __m256i last = _mm256_packus_epi32(blended(grey, blue, factors), grey);
    const __m256i samples = _mm256_shuffle_epi8(_mm256_packus_epi16(words, last), places);
    uint8_t *target = output + 3 * pixel;
    _mm_storeu_si128((__m128i *)target, _mm256_castsi256_si128(samples));
    _mm_storeu_si128((__m128i *)(target + 12), _mm256_extracti128_si256(samples, 1));
  }
  return pixel;
}

size_t cpx_blend(
    const uint8_t *from, const uint8_t *to, size_t count, float factor, uint8_t *output) {
  return has_avx2() ? blend(from, to, count, factor, output) : 0;
}

size_t cpx_blend_with_grey(
    const uint8_t *pixels, size_t count, float factor, uint8_t *output) {
  return has_avx2() ? blend_with_grey(pixels, count, factor, output) : 0;
}

#else

size_t cpx_blend(
    const uint8_t *from, const uint8_t *to, size_t count, float factor, uint8_t *output) {
  return 0;
}

size_t cpx_blend_with_grey(
    const uint8_t *pixels, size_t count, float factor, uint8_t *output) {
  return 0;
}

#endif

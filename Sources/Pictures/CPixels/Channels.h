#ifndef CHANNELS_H
#define CHANNELS_H

#include "Processor.h"

#ifdef HAS_AVX2_CODE

/// Eight pixels of three channels, 24 bytes: the first four in the lower half, the others in the upper one. The two loads
/// overlap, so that nothing behind the pixels is read.
AVX2 static inline __m256i load_eight_pixels(const uint8_t *source) {
  const __m128i first = _mm_loadu_si128((const __m128i *)source);
  const __m128i last = _mm_srli_si128(_mm_loadu_si128((const __m128i *)(source + 8)), 4);
  return _mm256_inserti128_si256(_mm256_castsi128_si256(first), last, 1);
}

/// The samples of one channel of eight pixels, 32 bits each.
AVX2 static inline __m256i channel_of(__m256i pixels, int channel) {
  const __m256i first = _mm256_setr_epi8(
      0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1,
      0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1);
  // −1 plus a channel must stay negative: only the bytes that name a place move on.
  const __m256i places = _mm256_setr_epi8(
      1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0,
      1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);
  __m256i mask = first;
  if (channel > 0) mask = _mm256_add_epi8(mask, places);
  if (channel > 1) mask = _mm256_add_epi8(mask, places);
  return _mm256_shuffle_epi8(pixels, mask);
}

/// ITU-R 601 luminances in Pillow's fixed point, 32 bits each.
AVX2 static inline __m256i luminance_of(__m256i red, __m256i green, __m256i blue) {
  const __m256i warm = _mm256_add_epi32(
      _mm256_mullo_epi32(red, _mm256_set1_epi32(19595)),
      _mm256_mullo_epi32(green, _mm256_set1_epi32(38470)));
  const __m256i cold = _mm256_add_epi32(
      _mm256_mullo_epi32(blue, _mm256_set1_epi32(7471)), _mm256_set1_epi32(0x8000));
  return _mm256_srli_epi32(_mm256_add_epi32(warm, cold), 16);
}

#endif

#endif

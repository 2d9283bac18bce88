#include "Processor.h"

#ifdef HAS_AVX2_CODE

/// The correctly rounded quotient of numbers of ordinary size, given the divisor's reciprocal: an estimate, corrected by
/// what it leaves over. Several times as fast as a division.
AVX2 static inline __m256 quotient(__m256 number, __m256 divisor, __m256 reciprocal) {
  const __m256 estimate = _mm256_mul_ps(number, reciprocal);
  const __m256 rest = _mm256_fnmadd_ps(estimate, divisor, number);
  return _mm256_fmadd_ps(rest, reciprocal, estimate);
}

AVX2 static inline __m256 normalized(__m256i samples, cpx_statistics of) {
  const __m256 share = quotient(
      _mm256_cvtepi32_ps(samples), _mm256_set1_ps(255), _mm256_set1_ps(1.0f / 255));
  return quotient(
      _mm256_sub_ps(share, _mm256_set1_ps(of.mean)), _mm256_set1_ps(of.deviation),
      _mm256_set1_ps(1 / of.deviation));
}

AVX2 static void normalize(
    const cpx_statistics *channels, const uint8_t *pixels, size_t count, float *const *planes) {
  // Of the 12 bytes of four pixels, each sample of a channel in 32 bits.
  const __m256i masks[3] = {
      _mm256_setr_epi8(
          0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1,
          0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1),
      _mm256_setr_epi8(
          1, -1, -1, -1, 4, -1, -1, -1, 7, -1, -1, -1, 10, -1, -1, -1,
          1, -1, -1, -1, 4, -1, -1, -1, 7, -1, -1, -1, 10, -1, -1, -1),
      _mm256_setr_epi8(
          2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1,
          2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1),
  };
  const size_t whole = count / 8 * 8;
  for (size_t pixel = 0; pixel < whole; pixel += 8) {
    // Eight pixels are 24 bytes: the first 16 and the last 16 overlap, so that nothing behind them is read.
    const uint8_t *source = pixels + 3 * pixel;
    const __m128i first = _mm_loadu_si128((const __m128i *)source);
    const __m128i last = _mm_srli_si128(_mm_loadu_si128((const __m128i *)(source + 8)), 4);
    const __m256i bytes = _mm256_inserti128_si256(_mm256_castsi128_si256(first), last, 1);
    for (int channel = 0; channel < 3; channel++) {
      _mm256_storeu_ps(
          planes[channel] + pixel,
          normalized(_mm256_shuffle_epi8(bytes, masks[channel]), channels[channel]));
    }
  }
}

bool cpx_normalize_rgb(
    const cpx_statistics *channels, const uint8_t *pixels, size_t count, float *const *planes) {
  if (!cpx_is_available()) return false;
  normalize(channels, pixels, count, planes);
  return true;
}

#else

bool cpx_normalize_rgb(
    const cpx_statistics *channels, const uint8_t *pixels, size_t count, float *const *planes) {
  return false;
}

#endif

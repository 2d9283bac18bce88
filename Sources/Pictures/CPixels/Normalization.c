#include "Channels.h"

#ifdef HAS_AVX2_CODE

/// The correctly rounded quotient of numbers of ordinary size, from the divisor's reciprocal: an estimate, corrected by
/// its remainder. This is several times as fast as a division.
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
  const size_t whole = count / 8 * 8;
  for (size_t pixel = 0; pixel < whole; pixel += 8) {
    const __m256i bytes = load_eight_pixels(pixels + 3 * pixel);
    for (int channel = 0; channel < 3; channel++) {
      _mm256_storeu_ps(
          planes[channel] + pixel,
          normalized(channel_of(bytes, channel), channels[channel]));
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

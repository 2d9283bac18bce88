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

/// The pixels from `first` on.
AVX2 static void normalize_avx2(
    const cpx_statistics *channels, const uint8_t *pixels, size_t first, size_t count,
    float *const *planes) {
  for (size_t pixel = first; pixel + 8 <= count; pixel += 8) {
    const __m256i bytes = load_eight_pixels(pixels + 3 * pixel);
    for (int channel = 0; channel < 3; channel++) {
      _mm256_storeu_ps(
          planes[channel] + pixel,
          normalized(channel_of(bytes, channel), channels[channel]));
    }
  }
}

AVX512 static inline __m512 wide_quotient(__m512 number, __m512 divisor, __m512 reciprocal) {
  const __m512 estimate = _mm512_mul_ps(number, reciprocal);
  const __m512 rest = _mm512_fnmadd_ps(estimate, divisor, number);
  return _mm512_fmadd_ps(rest, reciprocal, estimate);
}

/// Sixteen pixels at a time; returns how many of the first ones are done.
AVX512 static size_t normalize_avx512(
    const cpx_statistics *channels, const uint8_t *pixels, size_t count, float *const *planes) {
  // Where the reds of 16 pixels are.
  const __m512i reds =
      _mm512_setr_epi32(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45);
  size_t pixel = 0;
  for (; pixel + 16 <= count; pixel += 16) {
    const __m512i bytes = _mm512_maskz_loadu_epi8(0xFFFFFFFFFFFF, pixels + 3 * pixel);
    for (int channel = 0; channel < 3; channel++) {
      const cpx_statistics of = channels[channel];
      const __m512i places = _mm512_add_epi32(reds, _mm512_set1_epi32(channel));
      // Three of four bytes stay 0, so that samples have 32 bits.
      const __m512i samples =
          _mm512_maskz_permutexvar_epi8(0x1111111111111111, places, bytes);
      const __m512 share = wide_quotient(
          _mm512_cvtepi32_ps(samples), _mm512_set1_ps(255), _mm512_set1_ps(1.0f / 255));
      const __m512 normalized = wide_quotient(
          _mm512_sub_ps(share, _mm512_set1_ps(of.mean)), _mm512_set1_ps(of.deviation),
          _mm512_set1_ps(1 / of.deviation));
      _mm512_storeu_ps(planes[channel] + pixel, normalized);
    }
  }
  return pixel;
}

bool cpx_normalize_rgb(
    cpx_instructions widest, const cpx_statistics *channels, const uint8_t *pixels, size_t count,
    float *const *planes) {
  if (widest == cpx_plain) return false;
  const size_t done =
      widest == cpx_avx512 ? normalize_avx512(channels, pixels, count, planes) : 0;
  normalize_avx2(channels, pixels, done, count, planes);
  return true;
}

#else

bool cpx_normalize_rgb(
    cpx_instructions widest, const cpx_statistics *channels, const uint8_t *pixels, size_t count,
    float *const *planes) {
  return false;
}

#endif

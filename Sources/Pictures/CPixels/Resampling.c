#include "Resampling.h"

#include <stdlib.h>

#ifdef HAS_AVX2_CODE

static int32_t joined(int16_t first, int16_t second) {
  return (int32_t)((uint32_t)(uint16_t)first | (uint32_t)(uint16_t)second << 16);
}

/// The pairs of every pixel. NULL if memory is out.
static tap_pair *make_pairs(cpx_kernel kernel) {
  const size_t pairs = pair_count(kernel);
  tap_pair *table = malloc(kernel.count * pairs * sizeof(tap_pair));
  if (table == NULL) return NULL;
  for (size_t pixel = 0; pixel < kernel.count; pixel++) {
    const int16_t *weights = kernel.weights + 2 * kernel.taps * pixel;
    for (size_t pair = 0; pair < pairs; pair++) {
      const int16_t *first = weights + 4 * pair;
      const int has_second = 2 * pair + 1 < kernel.taps;
      table[pairs * pixel + pair].high = joined(first[0], has_second ? first[2] : 0);
      table[pairs * pixel + pair].low = joined(first[1], has_second ? first[3] : 0);
    }
  }
  return table;
}

bool cpx_resample_rgb_rows(
    cpx_instructions widest, cpx_kernel kernel, const uint8_t *input, size_t width, size_t rows,
    size_t first, uint8_t *output) {
  if (widest == cpx_plain) return false;
  tap_pair *weights = make_pairs(kernel);
  const bool is_done =
      weights != NULL &&
      ((widest == cpx_avx512 &&
        resample_rows_avx512(kernel, weights, input, width, rows, first, output)) ||
       resample_rows_avx2(kernel, weights, input, width, rows, first, output));
  free(weights);
  return is_done;
}

bool cpx_resample_columns(
    cpx_instructions widest, cpx_kernel kernel, const uint8_t *input, size_t row_bytes,
    size_t first, uint8_t *output) {
  if (widest == cpx_plain || (widest == cpx_avx2 && row_bytes < 16)) return false;
  tap_pair *weights = make_pairs(kernel);
  if (weights == NULL) return false;
  if (widest == cpx_avx512) {
    resample_columns_avx512(kernel, weights, input, row_bytes, first, output);
  } else {
    resample_columns_avx2(kernel, weights, input, row_bytes, first, output);
  }
  free(weights);
  return true;
}

#else

bool cpx_resample_rgb_rows(
    cpx_instructions widest, cpx_kernel kernel, const uint8_t *input, size_t width, size_t rows,
    size_t first, uint8_t *output) {
  return false;
}

bool cpx_resample_columns(
    cpx_instructions widest, cpx_kernel kernel, const uint8_t *input, size_t row_bytes,
    size_t first, uint8_t *output) {
  return false;
}

#endif

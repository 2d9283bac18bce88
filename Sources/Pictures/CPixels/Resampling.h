#ifndef RESAMPLING_H
#define RESAMPLING_H

#include "Processor.h"

#ifdef HAS_AVX2_CODE

/// The weights of two neighbouring taps in the form that one instruction takes: the high halves, then the low halves.
typedef struct {
  int32_t high;
  int32_t low;
} tap_pair;

/// The number of pairs for each pixel of a kernel; the partner of an odd tap has the weight 0.
static inline size_t pair_count(cpx_kernel kernel) { return (kernel.taps + 1) / 2; }

// The loops behind the functions of the same names in CPixels.h, with the pairs of all pixels in `weights`. Those that return false
// have done nothing.

bool resample_rows_avx2(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t width, size_t rows,
    size_t first, uint8_t *output);

/// A row must have 16 bytes.
void resample_columns_avx2(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t row_bytes,
    size_t first, uint8_t *output);

/// False too where lines become so much shorter that neighbouring pixels have their sources far apart.
bool resample_rows_avx512(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t width, size_t rows,
    size_t first, uint8_t *output);

void resample_columns_avx512(
    cpx_kernel kernel, const tap_pair *weights, const uint8_t *input, size_t row_bytes,
    size_t first, uint8_t *output);

#endif

#endif

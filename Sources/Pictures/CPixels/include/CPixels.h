// Loops over samples for processors with AVX2 or AVX-512, which the package's other code, built for every processor, cannot use.
//
// Each writes the same bytes as the portable loop beside its call. If the processor or the sizes do not fit, it does
// nothing and returns false. Those that are also written for AVX-512 are given the widest instructions that they may use.
#ifndef CPIXELS_H
#define CPIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Instructions for many samples at a time, from narrow to wide. `cpx_avx512` stands for AVX-512 with its parts for bytes and for
/// sums of products (BW, VL, VBMI, VNNI), which Intel's processors have had since Ice Lake and AMD's since Zen 4.
typedef enum { cpx_plain, cpx_avx2, cpx_avx512 } cpx_instructions;

/// The widest that the processor has.
cpx_instructions cpx_offered(void);

/// How a line of pixels is mixed from a longer or shorter one: each of `count` pixels has `taps` weights with 22 fraction
/// bits, stored as two adjacent halves of 16 bits (high · 2¹¹ + low), and the number of its first source pixel.
typedef struct {
  const intptr_t *starts;
  const int16_t *weights;
  size_t count;
  size_t taps;
} cpx_kernel;

/// Resamples `rows` rows of `width` pixels of three channels along the rows; `first` is the number in the
/// kernel of the source pixel at which the rows begin.
bool cpx_resample_rgb_rows(
    cpx_instructions widest, cpx_kernel kernel, const uint8_t *input, size_t width, size_t rows,
    size_t first, uint8_t *output);

/// Resamples rows of `row_bytes` samples along the columns; `first` is the kernel's source row that `input` begins with.
bool cpx_resample_columns(
    cpx_instructions widest, cpx_kernel kernel, const uint8_t *input, size_t row_bytes,
    size_t first, uint8_t *output);

/// The statistics by which a channel is normalised.
typedef struct {
  float mean;
  float deviation;
} cpx_statistics;

/// (sample / 255 − mean) / deviation, rounded after each step, for the first ⌊count / 8⌋ · 8 pixels of three channels
/// side by side, into three planes. This is exact for statistics that give ordinary numbers; the caller compares the
/// 256 possible results.
bool cpx_normalize_rgb(
    cpx_instructions widest, const cpx_statistics *channels, const uint8_t *pixels, size_t count,
    float *const *planes);

/// The tables of `HueTables`; there must be three more bytes after the hues.
typedef struct {
  const uint8_t *hues;
  const float *strengths;
  const float *fractions;
  const uint32_t *shifts;
} cpx_hue_tables;

/// Turns the hues of pixels of three channels; returns how many of the first ones are done.
size_t cpx_turn_hues(
    cpx_hue_tables tables, const uint8_t *pixels, size_t count, uint8_t steps, uint8_t *output);

/// The two neighbours of a resized pixel along one side: where their samples begin, and the weight of the second.
typedef struct {
  intptr_t first;
  intptr_t second;
  float weight;
} cpx_linear_tap;

/// Mixes pixels of three channels from their neighbours in a row of samples, of which `available` may be read; returns
/// how many of the first ones are done. One more float is written after theirs.
size_t cpx_mix_rgb_columns(
    const cpx_linear_tap *taps, size_t count, const uint8_t *row, size_t available, float *output);

/// Adds up the luminances of the first ⌊count / 8⌋ · 8 pixels of three channels.
bool cpx_sum_rgb_luminances(const uint8_t *pixels, size_t count, uint64_t *sum);

/// Replaces samples by those of a table of 256; returns how many of the first ones are done.
size_t cpx_map_samples(
    cpx_instructions widest, const uint8_t *table, const uint8_t *samples, size_t count,
    uint8_t *output);

/// Samples on the lines from those of `from` (factor 0) to those of `to` (factor 1), cut to 0…255 and rounded down; returns
/// how many of the first ones are done.
size_t cpx_blend(
    const uint8_t *from, const uint8_t *to, size_t count, float factor, uint8_t *output);

/// The same from the luminance of pixels of three channels to their samples; returns how many of the first pixels are done.
size_t cpx_blend_with_grey(
    const uint8_t *pixels, size_t count, float factor, uint8_t *output);

/// Adds to each byte of a row the finished byte that is `step` before it; returns how many of the first ones are
/// done, whole pixels of `step` bytes.
size_t cpx_add_left(const uint8_t *source, size_t count, size_t step, uint8_t *output);

/// Adds to each byte the one above; returns how many of the first ones are done.
size_t cpx_add_above(
    const uint8_t *source, const uint8_t *above, size_t count, uint8_t *output);

/// Adds to each byte the mean, rounded down, of the byte `step` before it and the one above; returns as `cpx_add_left` does.
size_t cpx_add_mean(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output);

/// Adds to each byte the one of left, above and above left that is nearest to left + above − above left, the first one if
/// several are equally near; returns the same as `cpx_add_left`.
size_t cpx_add_nearest(
    const uint8_t *source, const uint8_t *above, size_t count, size_t step, uint8_t *output);

#ifdef __cplusplus
}
#endif

#endif

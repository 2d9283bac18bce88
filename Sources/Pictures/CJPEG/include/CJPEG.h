// Decoding JPEG by libjpeg, whose errors leave a function by longjmp, which Swift must not be left by.
#ifndef CJPEG_H
#define CJPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cjpeg_decoder cjpeg_decoder;

/// What a file says of its picture.
typedef struct {
  int width;
  int height;
  /// Samples a pixel is decoded to: 3 of RGB, or 4 of inverted CMYK.
  int channels;
} cjpeg_header;

/// A decoder of `count` bytes, which must stay where they are until it is closed; NULL where memory lacks.
///
/// A file of more than `maximum_scans` scans is given up: each costs a pass over all of the picture, and a few bytes.
cjpeg_decoder *cjpeg_open(const uint8_t *bytes, size_t count, int maximum_scans);
void cjpeg_close(cjpeg_decoder *decoder);

/// Reads up to the first scan. False where that fails.
bool cjpeg_read_header(cjpeg_decoder *decoder, cjpeg_header *header);

/// Decodes at `eighths` eighths of the size into rows of `width · channels` bytes without gaps, as many as `height`.
/// True only where each byte of them was written, and the file holds all of the picture.
bool cjpeg_decode(cjpeg_decoder *decoder, int eighths, int width, int height, uint8_t *output);

/// Why the last call gave false; valid until the decoder is closed.
const char *cjpeg_failure(const cjpeg_decoder *decoder);

/// Whether that was for more scans than allowed.
bool cjpeg_has_too_many_scans(const cjpeg_decoder *decoder);

/// The first thing that was wrong with the file but did not keep it from being decoded; NULL where nothing was.
const char *cjpeg_warning(const cjpeg_decoder *decoder);

#ifdef __cplusplus
}
#endif

#endif

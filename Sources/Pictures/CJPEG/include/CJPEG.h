// Decodes JPEG with libjpeg, whose errors leave a function by longjmp, which must not cross Swift code.
#ifndef CJPEG_H
#define CJPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cjpeg_decoder cjpeg_decoder;

/// What a file says about its picture.
typedef struct {
  int width;
  int height;
  /// The number of samples of a decoded pixel: 3 for RGB, or 4 for inverted CMYK.
  int channels;
} cjpeg_header;

/// A decoder of `count` bytes, which must stay where they are until it is closed; NULL if memory is out.
///
/// A file with more than `maximum_scans` scans is refused: each scan takes a pass over the picture, but only a few bytes.
cjpeg_decoder *cjpeg_open(const uint8_t *bytes, size_t count, int maximum_scans);
void cjpeg_close(cjpeg_decoder *decoder);

/// Reads up to the first scan. Returns false if that fails.
bool cjpeg_read_header(cjpeg_decoder *decoder, cjpeg_header *header);

/// Decodes at `eighths` eighths of the size into rows of `width · channels` bytes without gaps, as many as `height`.
/// Returns true only if each of their bytes was written, and the file holds the whole picture.
bool cjpeg_decode(cjpeg_decoder *decoder, int eighths, int width, int height, uint8_t *output);

/// Why the last call returned false; valid until the decoder is closed.
const char *cjpeg_failure(const cjpeg_decoder *decoder);

/// Whether the reason was that there are more scans than allowed.
bool cjpeg_has_too_many_scans(const cjpeg_decoder *decoder);

/// The first damage of the file that did not prevent decoding; NULL if there was none.
const char *cjpeg_warning(const cjpeg_decoder *decoder);

#ifdef __cplusplus
}
#endif

#endif

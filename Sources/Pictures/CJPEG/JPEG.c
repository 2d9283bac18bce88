#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

struct cjpeg_decoder {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  const uint8_t *bytes;
  size_t count;
  int maximum_scans;
  bool has_too_many_scans;
  char failure[JMSG_LENGTH_MAX];
  char warning[JMSG_LENGTH_MAX];
};

static void fail(j_common_ptr info) {
  cjpeg_decoder *decoder = info->client_data;
  info->err->format_message(info, decoder->failure);
  longjmp(decoder->failed, 1);
}

/// Makes it an error that the data end before the picture does: libjpeg would continue with grey.
static void take_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  const int code = info->err->msg_code;
  if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) fail(info);
  cjpeg_decoder *decoder = info->client_data;
  if (info->err->num_warnings++ == 0) info->err->format_message(info, decoder->warning);
}

static void count_scans(j_common_ptr info) {
  cjpeg_decoder *decoder = info->client_data;
  if (decoder->info.input_scan_number <= decoder->maximum_scans) return;
  decoder->has_too_many_scans = true;
  snprintf(
      decoder->failure, sizeof decoder->failure, "more than %d scans", decoder->maximum_scans);
  longjmp(decoder->failed, 1);
}

cjpeg_decoder *cjpeg_open(const uint8_t *bytes, size_t count, int maximum_scans) {
  cjpeg_decoder *decoder = calloc(1, sizeof *decoder);
  if (decoder == NULL) return NULL;
  decoder->bytes = bytes;
  decoder->count = count;
  decoder->maximum_scans = maximum_scans;
  decoder->info.err = jpeg_std_error(&decoder->errors);
  decoder->errors.error_exit = fail;
  decoder->errors.emit_message = take_message;
  decoder->info.client_data = decoder;
  if (setjmp(decoder->failed)) {
    free(decoder);
    return NULL;
  }
  jpeg_create_decompress(&decoder->info);
  decoder->progress.progress_monitor = count_scans;
  decoder->info.progress = &decoder->progress;
  return decoder;
}

void cjpeg_close(cjpeg_decoder *decoder) {
  jpeg_destroy_decompress(&decoder->info);
  free(decoder);
}

static bool is_four_color(J_COLOR_SPACE space) { return space == JCS_CMYK || space == JCS_YCCK; }

bool cjpeg_read_header(cjpeg_decoder *decoder, cjpeg_header *header) {
  struct jpeg_decompress_struct *info = &decoder->info;
  if (setjmp(decoder->failed)) return false;
  jpeg_mem_src(info, decoder->bytes, decoder->count);
  jpeg_read_header(info, TRUE);
  header->width = (int)info->image_width;
  header->height = (int)info->image_height;
  header->channels = is_four_color(info->jpeg_color_space) ? 4 : 3;
  return true;
}

bool cjpeg_decode(cjpeg_decoder *decoder, int eighths, int width, int height, uint8_t *output) {
  struct jpeg_decompress_struct *info = &decoder->info;
  if (setjmp(decoder->failed)) return false;
  info->scale_num = (unsigned int)eighths;
  info->scale_denom = 8;
  info->out_color_space = is_four_color(info->jpeg_color_space) ? JCS_CMYK : JCS_EXT_RGB;
  jpeg_start_decompress(info);
  if (info->output_width != (JDIMENSION)width || info->output_height != (JDIMENSION)height) {
    snprintf(
        decoder->failure, sizeof decoder->failure, "decoded to %u by %u pixels, not %d by %d",
        info->output_width, info->output_height, width, height);
    return false;
  }
  const size_t row_bytes = (size_t)width * (size_t)info->output_components;
  while (info->output_scanline < info->output_height) {
    JSAMPROW row = output + row_bytes * info->output_scanline;
    jpeg_read_scanlines(info, &row, 1);
  }
  jpeg_finish_decompress(info);
  return true;
}

const char *cjpeg_failure(const cjpeg_decoder *decoder) { return decoder->failure; }

bool cjpeg_has_too_many_scans(const cjpeg_decoder *decoder) { return decoder->has_too_many_scans; }

const char *cjpeg_warning(const cjpeg_decoder *decoder) {
  return decoder->info.err->num_warnings == 0 ? NULL : decoder->warning;
}

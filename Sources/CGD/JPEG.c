// JPEG by libjpeg itself: it decodes a large picture to a half, a quarter or an eighth from the start (IJG, libjpeg.txt,
// "Image scaling"), so that all of its dots are never in memory, as libgd would have them, four bytes each.
#include "CGD.h"
#include "Complaint.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

/// So many bytes libjpeg may take; what needs more is refused by its head (`PictureHeader`).
#define MOST_MEMORY (96L << 20)

struct work {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  jmp_buf way_out;
  gdImagePtr image;
};

static void give_up(j_common_ptr jpeg) {
  struct work *work = jpeg->client_data;
  char text[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, text);
  sen_complain(jpeg->err->msg_code == JERR_NO_BACKING_STORE ? "it takes too much memory" : text);
  longjmp(work->way_out, 1);
}

/// What is only warned of is as bad: libjpeg fills up with grey what it cannot read. Two things that some cameras do are
/// harmless.
static void warn(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  int code = jpeg->err->msg_code;
  if (code == JWRN_EXTRANEOUS_DATA || code == JWRN_NOT_SEQUENTIAL) return;
  give_up(jpeg);
}

/// A half, a quarter and an eighth are fast. What is in memory whole anyway leaves little room for what comes of it, so any
/// number of eighths is taken there.
static void choose_scale(j_decompress_ptr jpeg, int least_width, int least_height) {
  int takes_any = jpeg_has_multiple_scans(jpeg);
  jpeg->scale_denom = 8;
  for (jpeg->scale_num = 1; jpeg->scale_num < 8; jpeg->scale_num += takes_any ? 1 : jpeg->scale_num) {
    jpeg_calc_output_dimensions(jpeg);
    if ((int)jpeg->output_width >= least_width && (int)jpeg->output_height >= least_height) return;
  }
}

/// A dot of four inks; Adobe's programs write them the other way round.
static int mixed(const JSAMPLE *dot, int is_inverted) {
  int ink[4];
  for (int part = 0; part < 4; part++) ink[part] = is_inverted ? dot[part] : 255 - dot[part];
  return (ink[0] * ink[3] / 255) << 16 | (ink[1] * ink[3] / 255) << 8 | ink[2] * ink[3] / 255;
}

static void read_rows(struct work *work) {
  j_decompress_ptr jpeg = &work->jpeg;
  int parts = jpeg->output_components;
  JSAMPARRAY row =
      jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, jpeg->output_width * (JDIMENSION)parts, 1);
  while (jpeg->output_scanline < jpeg->output_height) {
    int *out = work->image->tpixels[jpeg->output_scanline];
    if (jpeg_read_scanlines(jpeg, row, 1) != 1) continue;
    const JSAMPLE *dot = row[0];
    for (JDIMENSION x = 0; x < jpeg->output_width; x++, dot += parts)
      out[x] = parts == 3 ? dot[0] << 16 | dot[1] << 8 | dot[2] : mixed(dot, jpeg->saw_Adobe_marker);
  }
}

// What it changes is its caller's, so that it is as it was left after a jump (ISO C, 7.13.2.1).
static int decode(struct work *work, const void *bytes, size_t count, int least_width, int least_height) {
  if (setjmp(work->way_out)) return 0;
  j_decompress_ptr jpeg = &work->jpeg;
  jpeg_create_decompress(jpeg);
  jpeg->mem->max_memory_to_use = MOST_MEMORY;
  jpeg_mem_src(jpeg, bytes, count);
  jpeg_read_header(jpeg, TRUE);
  jpeg->out_color_space =
      jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK ? JCS_CMYK : JCS_RGB;
  choose_scale(jpeg, least_width, least_height);
  jpeg_start_decompress(jpeg);
  work->image = gdImageCreateTrueColor((int)jpeg->output_width, (int)jpeg->output_height);
  if (!work->image) {
    sen_complain("no memory for it");
    return 0;
  }
  read_rows(work);
  jpeg_finish_decompress(jpeg);
  return 1;
}

gdImagePtr sen_jpeg_decode(const void *bytes, size_t count, int least_width, int least_height) {
  struct work work = {0};
  work.jpeg.err = jpeg_std_error(&work.errors);
  work.errors.error_exit = give_up;
  work.errors.emit_message = warn;
  work.jpeg.client_data = &work;
  int is_whole = decode(&work, bytes, count, least_width, least_height);
  jpeg_destroy_decompress(&work.jpeg);
  if (!is_whole && work.image) {
    gdImageDestroy(work.image);
    work.image = NULL;
  }
  return work.image;
}

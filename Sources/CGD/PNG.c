// PNG by libpng itself, row by row: a large picture is made smaller while it is read, so that all of its dots are never in
// memory. libgd's own way lets libpng print its warnings on standard error.
#include "CGD.h"
#include "Complaint.h"

#include <png.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct work {
  png_structp png;
  png_infop info;
  const unsigned char *bytes;
  size_t left;
  gdImagePtr image;
  unsigned char *row;
  uint64_t *sums;
  int width, height;
  // So many dots of the picture, each way, become one.
  int step;
};

static void give_up(png_structp png, png_const_charp text) {
  sen_complain(text);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp text) { (void)png, (void)text; }

static void take(png_structp png, png_bytep to, size_t count) {
  struct work *work = png_get_io_ptr(png);
  if (count > work->left) png_error(png, "it breaks off");
  memcpy(to, work->bytes, count);
  work->bytes += count;
  work->left -= count;
}

// libgd's alpha runs from 0, opaque, to 127.
static int packed(unsigned red, unsigned green, unsigned blue, unsigned alpha) {
  return (int)((127 - alpha / 2) << 24 | red << 16 | green << 8 | blue);
}

/// Only what says how the dots are to be read; texts and the like could be larger than the picture.
static void skip_the_rest(png_structp png) {
  static const png_byte heeded[] = "gAMA\0sRGB";
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_AS_DEFAULT, heeded, 2);
}

static void convert(int *dots, int width) {
  for (int x = 0; x < width; x++) {
    const unsigned char *dot = (const unsigned char *)(dots + x);
    dots[x] = packed(dot[0], dot[1], dot[2], dot[3]);
  }
}

static void make_image(struct work *work, int width, int height) {
  work->image = gdImageCreateTrueColor(width, height);
  if (!work->image) png_error(work->png, "no memory for it");
}

/// All passes over an interlaced picture, or one over another, into rows as large as they are.
static void read_whole(struct work *work, int passes) {
  make_image(work, work->width, work->height);
  int **rows = work->image->tpixels;
  while (passes-- > 0)
    for (int y = 0; y < work->height; y++) png_read_row(work->png, (png_bytep)rows[y], NULL);
  for (int y = 0; y < work->height; y++) convert(rows[y], work->width);
}

/// The mean of `step` times `step` dots for one; what is transparent weighs less. Dots that are left over at the right and
/// below are left out.
static void read_smaller(struct work *work) {
  int step = work->step, width = work->width / step, height = work->height / step;
  make_image(work, width, height);
  work->row = malloc((size_t)work->width * 4);
  work->sums = malloc((size_t)width * 4 * sizeof *work->sums);
  if (!work->row || !work->sums) png_error(work->png, "no memory for it");
  for (int y = 0; y < work->height; y++) {
    png_read_row(work->png, work->row, NULL);
    if (y >= height * step) continue;
    if (y % step == 0) memset(work->sums, 0, (size_t)width * 4 * sizeof *work->sums);
    const unsigned char *dot = work->row;
    uint64_t *sum = work->sums;
    for (int x = 0; x < width; x++, sum += 4)
      for (int part = 0; part < step; part++, dot += 4) {
        unsigned alpha = dot[3];
        sum[0] += dot[0] * alpha, sum[1] += dot[1] * alpha, sum[2] += dot[2] * alpha, sum[3] += alpha;
      }
    if (y % step != step - 1) continue;
    sum = work->sums;
    int *out = work->image->tpixels[y / step];
    uint64_t count = (uint64_t)step * (uint64_t)step;
    for (int x = 0; x < width; x++, sum += 4) {
      uint64_t weight = sum[3] ? sum[3] : 1, half = weight / 2;
      out[x] = packed(
          (unsigned)((sum[0] + half) / weight), (unsigned)((sum[1] + half) / weight),
          (unsigned)((sum[2] + half) / weight), (unsigned)((sum[3] + count / 2) / count));
    }
  }
}

// What it changes is its caller's, so that it is as it was left after a jump (ISO C, 7.13.2.1).
static int decode(struct work *work, int least_width, int least_height) {
  work->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, ignore);
  if (!work->png) return 0;
  if (setjmp(png_jmpbuf(work->png))) return 0;
  work->info = png_create_info_struct(work->png);
  if (!work->info) png_error(work->png, "no memory for it");
  skip_the_rest(work->png);
  png_set_read_fn(work->png, work, take);
  png_read_info(work->png, work->info);
  // Eight bits each of red, green, blue and alpha, for the screens that sRGB is for.
  png_set_alpha_mode(work->png, PNG_ALPHA_PNG, PNG_DEFAULT_sRGB);
  png_set_expand(work->png);
  png_set_scale_16(work->png);
  png_set_gray_to_rgb(work->png);
  png_set_add_alpha(work->png, 0xFF, PNG_FILLER_AFTER);
  int passes = png_set_interlace_handling(work->png);
  png_read_update_info(work->png, work->info);
  work->width = (int)png_get_image_width(work->png, work->info);
  work->height = (int)png_get_image_height(work->png, work->info);
  if (png_get_rowbytes(work->png, work->info) != (size_t)work->width * 4) png_error(work->png, "its dots make no sense");
  int across = work->width / (least_width > 0 ? least_width : 1);
  int down = work->height / (least_height > 0 ? least_height : 1);
  work->step = across < down ? across : down;
  if (passes > 1 || work->step < 2)
    read_whole(work, passes);
  else
    read_smaller(work);
  png_read_end(work->png, NULL);
  return 1;
}

gdImagePtr sen_png_decode(const void *bytes, size_t count, int least_width, int least_height) {
  struct work work = {.bytes = bytes, .left = count};
  int is_whole = decode(&work, least_width, least_height);
  png_destroy_read_struct(&work.png, &work.info, NULL);
  free(work.row);
  free(work.sums);
  if (!is_whole && work.image) {
    gdImageDestroy(work.image);
    work.image = NULL;
  }
  return work.image;
}

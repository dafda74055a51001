#include "CGD.h"
#include "Complaint.h"
#include <png.h>
#include <stdlib.h>
#include <string.h>

gdImagePtr sen_png_decode(const void *bytes, size_t count) {
  png_image png;
  memset(&png, 0, sizeof png);
  png.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&png, bytes, count)) {
    sen_complain(png.message);
    return NULL;
  }
  png.format = PNG_FORMAT_RGBA;
  unsigned char *dots = malloc(PNG_IMAGE_SIZE(png));
  gdImagePtr image = dots ? gdImageCreateTrueColor((int)png.width, (int)png.height) : NULL;
  if (!image) {
    sen_complain("no memory for it");
  } else if (!png_image_finish_read(&png, NULL, dots, 0, NULL)) {
    sen_complain(png.message);
    gdImageDestroy(image);
    image = NULL;
  }
  png_image_free(&png);
  if (image) {
    const unsigned char *dot = dots;
    for (int y = 0; y < image->sy; y++)
      for (int x = 0; x < image->sx; x++, dot += 4)
        // libgd's alpha runs from 0, opaque, to 127.
        image->tpixels[y][x] = (127 - dot[3] / 2) << 24 | dot[0] << 16 | dot[1] << 8 | dot[2];
  }
  free(dots);
  return image;
}

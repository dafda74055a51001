// WebP by libwebp itself, which makes a large picture smaller while it decodes it; libgd has all of its dots twice. It is
// opened when the first such picture is, as libgd is.
#include "CGD.h"
#include "Complaint.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <webp/decode.h>

static struct {
  int (*init)(WebPDecoderConfig *, int);
  VP8StatusCode (*features)(const uint8_t *, size_t, WebPBitstreamFeatures *, int);
  VP8StatusCode (*decode)(const uint8_t *, size_t, WebPDecoderConfig *);
} webp;

static void open_library(void) {
  void *library = dlopen("libwebp.so.7", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  webp.init = dlsym(library, "WebPInitDecoderConfigInternal");
  webp.features = dlsym(library, "WebPGetFeaturesInternal");
  webp.decode = dlsym(library, "WebPDecode");
}

static const char *meaning(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_OUT_OF_MEMORY: return "no memory for it";
    case VP8_STATUS_NOT_ENOUGH_DATA: return "it breaks off";
    default: return "its data make no sense";
  }
}

gdImagePtr sen_webp_decode(const void *bytes, size_t count, int width, int height) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_library);
  WebPDecoderConfig config;
  if (!webp.init || !webp.features || !webp.decode || !webp.init(&config, WEBP_DECODER_ABI_VERSION)) {
    sen_complain("libwebp.so.7 cannot be opened; is the package libwebp7 installed?");
    return NULL;
  }
  VP8StatusCode status = webp.features(bytes, count, &config.input, WEBP_DECODER_ABI_VERSION);
  if (status != VP8_STATUS_OK) {
    sen_complain(meaning(status));
    return NULL;
  }
  if (width >= config.input.width || height >= config.input.height || width < 1 || height < 1) {
    width = config.input.width;
    height = config.input.height;
  } else {
    config.options.use_scaling = 1;
    config.options.scaled_width = width;
    config.options.scaled_height = height;
  }
  size_t stride = (size_t)width * 4;
  uint8_t *dots = malloc(stride * (size_t)height);
  gdImagePtr image = dots ? gdImageCreateTrueColor(width, height) : NULL;
  if (!image) {
    sen_complain("no memory for it");
    free(dots);
    return NULL;
  }
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = dots;
  config.output.u.RGBA.stride = (int)stride;
  config.output.u.RGBA.size = stride * (size_t)height;
  status = webp.decode(bytes, count, &config);
  if (status != VP8_STATUS_OK) {
    sen_complain(meaning(status));
    gdImageDestroy(image);
    image = NULL;
  }
  const uint8_t *dot = dots;
  for (int y = 0; image && y < height; y++)
    for (int x = 0; x < width; x++, dot += 4)
      // libgd's alpha runs from 0, opaque, to 127.
      image->tpixels[y][x] = (127 - dot[3] / 2) << 24 | dot[0] << 16 | dot[1] << 8 | dot[2];
  free(dots);
  return image;
}

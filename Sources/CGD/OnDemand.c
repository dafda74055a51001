// libgd, opened when the first picture is: it brings forty libraries with it, which would cost every start of the
// program some milliseconds. The functions of <gd.h> that are used stand here under their own names and hand on;
// without the library they give back nothing, and the complaint says why.
#define _GNU_SOURCE
#include "CGD.h"
#include "Complaint.h"

#include <dlfcn.h>
#include <pthread.h>

static void *library;

static void open_library(void) { library = dlopen("libgd.so.3", RTLD_NOW | RTLD_LOCAL); }

static void *find(const char *name) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_library);
  void *found = library ? dlsym(library, name) : NULL;
  if (!found) sen_complain("libgd.so.3 cannot be opened; is the package libgd3 installed?");
  return found;
}

#define HAND_ON(result, nothing, name, parameters, arguments) \
  result name parameters {                                    \
    result(*real) parameters = find(#name);                   \
    return real ? real arguments : nothing;                   \
  }
#define HAND_ON_ONLY(name, parameters, arguments) \
  void name parameters {                          \
    void(*real) parameters = find(#name);         \
    if (real) real arguments;                     \
  }

HAND_ON_ONLY(gdSetErrorMethod, (gdErrorMethod method), (method))
HAND_ON(gdImagePtr, NULL, gdImageCreateTrueColor, (int sx, int sy), (sx, sy))
HAND_ON(gdImagePtr, NULL, gdImageCreateFromGifPtr, (int size, void *data), (size, data))
HAND_ON_ONLY(gdImageDestroy, (gdImagePtr image), (image))
HAND_ON(int, 0, gdImagePaletteToTrueColor, (gdImagePtr image), (image))
HAND_ON_ONLY(gdFree, (void *memory), (memory))
HAND_ON(void *, NULL, gdImageJpegPtr, (gdImagePtr image, int *size, int quality), (image, size, quality))
HAND_ON(void *, NULL, gdImageWebpPtrEx, (gdImagePtr image, int *size, int quality), (image, size, quality))
HAND_ON(void *, NULL, gdImageGifPtr, (gdImagePtr image, int *size), (image, size))
HAND_ON(void *, NULL, gdImagePngPtr, (gdImagePtr image, int *size), (image, size))
HAND_ON_ONLY(gdImageAlphaBlending, (gdImagePtr image, int blending), (image, blending))
HAND_ON_ONLY(gdImageSaveAlpha, (gdImagePtr image, int save), (image, save))
HAND_ON_ONLY(
    gdImageCopyResampled,
    (gdImagePtr to, gdImagePtr from, int toX, int toY, int fromX, int fromY, int toW, int toH, int fromW, int fromH),
    (to, from, toX, toY, fromX, fromY, toW, toH, fromW, fromH))

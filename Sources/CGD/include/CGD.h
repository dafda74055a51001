// libgd, the last thing that it complained of in this thread, and JPEG, PNG and WebP by their own libraries.
#pragma once
#include <gd.h>
#include <stddef.h>

/// Makes libgd remember its complaints instead of printing them.
void sen_gd_hush(void);
/// What was complained of first in this thread since `sen_gd_forget`; an empty text if nothing.
const char *sen_gd_complaint(void);
void sen_gd_forget(void);

// They decode a picture no larger than is needed; NULL with a complaint.

/// As it is, or to a half, a quarter or an eighth, or of a progressive one to some eighths: the smallest that is as wide
/// and high as is said.
gdImagePtr sen_jpeg_decode(const void *bytes, size_t count, int least_width, int least_height);
/// As it is, or an n-th: the smallest that is as wide and high as is said. An interlaced one stays as it is.
gdImagePtr sen_png_decode(const void *bytes, size_t count, int least_width, int least_height);
/// So wide and high, or as it is where that is smaller.
gdImagePtr sen_webp_decode(const void *bytes, size_t count, int width, int height);

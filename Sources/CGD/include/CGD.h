// libgd, the last thing that it complained of in this thread, and PNG by libpng itself.
#pragma once
#include <gd.h>
#include <stddef.h>

/// Makes libgd remember its complaints instead of printing them.
void sen_gd_hush(void);
/// What was complained of first in this thread since `sen_gd_forget`; an empty text if nothing.
const char *sen_gd_complaint(void);
void sen_gd_forget(void);

/// Decodes a PNG; NULL with a complaint. libgd's own way lets libpng print its warnings on standard error.
gdImagePtr sen_png_decode(const void *bytes, size_t count);

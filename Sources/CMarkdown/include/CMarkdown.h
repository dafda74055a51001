// cmark-gfm, as far as Sen needs it.
#pragma once
#include <stddef.h>

/// The HTML of a Markdown text with GitHub's tables, strikethrough, task lists, bare addresses and footnotes, raw HTML
/// as it was: not safe yet. Ends with a NUL and is freed with `free`; NULL without memory.
///
/// `is_own` tells whether none of it is raw HTML: all tags are then the library's own.
char *sen_markdown_html(const char *bytes, size_t count, int *is_own);

// cmark-gfm, as far as Sen needs it.
#pragma once
#include <stddef.h>

/// The HTML of a Markdown text with GitHub's tables, strikethrough, task lists, bare addresses and footnotes, raw HTML
/// as it was: not safe yet. Ends with a NUL and is freed with `free`; NULL without memory.
char *sen_markdown_html(const char *bytes, size_t count);

// zlib's deflate, begun with the wrapper of gzip: deflateInit2 is a macro, which Swift does not see.
#pragma once
#include <zlib.h>

/// Begins a gzip stream (RFC 1952) of a level from 1 to 9; Z_OK or zlib's error.
static inline int sen_gzip_begin(z_stream *stream, int level) {
  const int windowBits = 15 + 16;  // 16 asks for gzip's header and sum
  return deflateInit2(stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}

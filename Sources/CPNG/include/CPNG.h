#pragma once
#include <stddef.h>
#include <stdint.h>

// libpng reports errors with longjmp, which Swift cannot call and must not be jumped over:
// each function here keeps its setjmp to itself and hands back a status and a text.

enum { cpng_error_length = 200 };

// Bytes this library allocated; released with cpng_release, harmless where bytes is NULL.
struct cpng_bytes {
  uint8_t *bytes;
  size_t count;
};

// One tEXt chunk, or iTXt where international is not 0 and the text is UTF-8.
struct cpng_text {
  const char *keyword;
  const char *text;
  int international;
};

struct cpng_header {
  uint32_t width;
  uint32_t height;
  uint32_t pixels_per_metre;
  const struct cpng_text *texts;
  size_t text_count;
};

// The file around a finished zlib stream, with a palette of count colours of three bytes; 0, or -1 with the reason in
// error.
int cpng_write(
    const struct cpng_header *header, const uint8_t *colours, size_t count, const uint8_t *stream, size_t length,
    struct cpng_bytes *file, char *error);

void cpng_release(struct cpng_bytes *bytes);

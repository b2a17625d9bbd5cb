#include "CPNG.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refuse(char *error, const char *reason) {
  snprintf(error, cpng_error_length, "%s", reason);
  return -1;
}

void cpng_release(struct cpng_bytes *bytes) {
  free(bytes->bytes);
  bytes->bytes = NULL;
  bytes->count = 0;
}

// What libpng's callbacks reach through its error and io pointers.
struct sink {
  struct cpng_bytes *file;
  size_t capacity;
  char *error;
};

static void on_error(png_structp png, png_const_charp message) {
  struct sink *sink = png_get_error_ptr(png);
  // The warning that came first says what is wrong, the error only that something is.
  size_t used = strlen(sink->error);
  snprintf(sink->error + used, cpng_error_length - used, "%s%s", used ? "; " : "", message);
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
  struct sink *sink = png_get_error_ptr(png);
  snprintf(sink->error, cpng_error_length, "%s", message);
}

static void on_write(png_structp png, png_bytep bytes, png_size_t count) {
  struct sink *sink = png_get_io_ptr(png);
  if (count > sink->capacity - sink->file->count) {
    size_t capacity = 2 * (sink->capacity + count);
    uint8_t *grown = realloc(sink->file->bytes, capacity);
    if (!grown) png_error(png, "no memory for the file");
    sink->file->bytes = grown;
    sink->capacity = capacity;
  }
  memcpy(sink->file->bytes + sink->file->count, bytes, count);
  sink->file->count += count;
}

static void on_flush(png_structp png) { (void)png; }

static void set_texts(png_structp png, png_infop info, const struct cpng_header *header) {
  for (size_t i = 0; i < header->text_count; i++) {
    png_text text = {0};
    text.key = (png_charp)header->texts[i].keyword;
    text.text = (png_charp)header->texts[i].text;
    text.compression = header->texts[i].international ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE;
    png_set_text(png, info, &text, 1);
  }
}

// png_write_end insists on rows it has written itself, hence the two chunks by hand.
static void write_chunks(
    png_structp png, png_infop info, const struct cpng_header *header, const uint8_t *colours, size_t count,
    const uint8_t *stream, size_t length) {
  png_set_IHDR(
      png, info, header->width, header->height, 8, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_pHYs(png, info, header->pixels_per_metre, header->pixels_per_metre, PNG_RESOLUTION_METER);
  // The same three bytes in the same order as png_color.
  png_set_PLTE(png, info, (png_const_colorp)colours, (int)count);
  set_texts(png, info, header);
  png_write_info(png, info);
  png_write_chunk(png, (png_const_bytep) "IDAT", stream, length);
  png_write_chunk(png, (png_const_bytep) "IEND", NULL, 0);
}

int cpng_write(
    const struct cpng_header *header, const uint8_t *colours, size_t count, const uint8_t *stream, size_t length,
    struct cpng_bytes *file, char *error) {
  *file = (struct cpng_bytes){0};
  error[0] = 0;
  struct sink sink = {file, 0, error};
  png_structp volatile png = NULL;
  png_infop volatile info = NULL;
  volatile int status = -1;
  png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &sink, on_error, on_warning);
  if (!png) return refuse(error, "libpng could not start");
  if (!setjmp(png_jmpbuf(png))) {
    info = png_create_info_struct(png);
    if (!info) png_error(png, "no memory for the header");
    png_set_write_fn(png, &sink, on_write, on_flush);
    write_chunks(png, info, header, colours, count, stream, length);
    status = 0;
  }
  png_structp writer = png;
  png_infop head = info;
  png_destroy_write_struct(&writer, &head);
  if (status) cpng_release(file);
  return status;
}

#ifndef C_CODEC_LIMIT_H
#define C_CODEC_LIMIT_H

#include <stddef.h>
#include <stdint.h>

/// A word: where its bytes are and how many. Nothing ends it.
struct limit_word {
  const uint8_t *start;
  size_t length;
};

/// Finds every word of every sentence in `bytes` and returns how many words there are, or -1 when the bytes are malformed.
int64_t limit_decode_frame(const uint8_t *bytes, size_t count);

/// Finds the words, copies four values of every sentence and returns how many bytes that are, or -1.
int64_t limit_decode_read4(const uint8_t *bytes, size_t count);

/// Writes a sentence of `words` `sentences` times into `buffer`, from its start again every 100 sentences, and returns how
/// many bytes were written, or -1 when there is no room.
int64_t limit_encode(const struct limit_word *words, size_t count, size_t sentences, uint8_t *buffer, size_t room);

#endif

// The floor under the codec's numbers: the least work in plain C that still checks every bound. It decodes from one buffer,
// copies nothing it is not asked for and allocates nothing, so a library with values, errors and a growing input has to stay
// above it. Everything comes in by pointer: a compiler that knows the bytes would do the work while it compiles.

#include "CCodecLimit.h"

#include <stdbool.h>
#include <string.h>

enum { MOST_WORDS = 64, LONGEST_VALUE = 128 };

// Where in the buffer a word is: half the memory of two pointers.
struct span {
  uint32_t at, length;
};

// Where the linker happens to put a loop must not make the limit slower.
#define ALIGNED __attribute__((aligned(64)))
#define KEEP(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")

// Reads one sentence from `at`; returns where the next one begins, or NULL when this one is cut off or malformed.
static inline const uint8_t *read_sentence(const uint8_t *bytes, const uint8_t *at, const uint8_t *end, struct span *words,
                                           size_t *count) {
  size_t found = 0;
  while (at < end) {
    size_t length = *at++;
    if (length == 0) {
      *count = found;
      return at;
    }
    if (length >= 0x80) {
      size_t following = length < 0xC0 ? 1 : length < 0xE0 ? 2 : length < 0xF0 ? 3 : length == 0xF0 ? 4 : 0;
      if (following == 0 || (size_t)(end - at) < following) return NULL;
      length &= 0x3F >> (following - 1);
      for (size_t i = 0; i < following; i++) length = length << 8 | *at++;
    }
    if ((size_t)(end - at) < length || found == MOST_WORDS) return NULL;
    words[found++] = (struct span){(uint32_t)(at - bytes), (uint32_t)length};
    at += length;
  }
  return NULL;
}

static inline bool find(const uint8_t *bytes, const struct span *words, size_t count, const char *key, size_t key_length,
                        struct span *value) {
  for (size_t i = 1; i < count; i++) {
    const uint8_t *text = bytes + words[i].at;
    if (words[i].length < key_length + 2 || text[key_length + 1] != '=' || text[0] != '=') continue;
    if (memcmp(text + 1, key, key_length) != 0) continue;
    *value = (struct span){words[i].at + (uint32_t)key_length + 2, words[i].length - (uint32_t)key_length - 2};
    return true;
  }
  return false;
}

ALIGNED int64_t limit_decode_frame(const uint8_t *bytes, size_t count) {
  const uint8_t *at = bytes, *end = bytes + count;
  int64_t checksum = 0;
  if (count > UINT32_MAX) return -1;
  while (at < end) {
    struct span words[MOST_WORDS];
    size_t found;
    at = read_sentence(bytes, at, end, words, &found);
    if (at == NULL) return -1;
    KEEP(words);
    checksum += (int64_t)found;
  }
  return checksum;
}

ALIGNED int64_t limit_decode_read4(const uint8_t *bytes, size_t count) {
  static const char *const keys[] = {"name", "comment", "limit-uptime", "profile"};
  const uint8_t *at = bytes, *end = bytes + count;
  int64_t checksum = 0;
  if (count > UINT32_MAX) return -1;
  while (at < end) {
    struct span words[MOST_WORDS], value;
    size_t found;
    at = read_sentence(bytes, at, end, words, &found);
    if (at == NULL) return -1;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
      char text[LONGEST_VALUE];
      if (!find(bytes, words, found, keys[i], strlen(keys[i]), &value)) continue;
      if (value.length >= sizeof text) return -1;
      memcpy(text, bytes + value.at, value.length);
      text[value.length] = 0;
      KEEP(text);
      checksum += value.length;
    }
  }
  return checksum;
}

// Returns the length of the prefix, at most 5 bytes.
static inline size_t write_length(uint8_t *to, size_t length) {
  if (length < 0x80) {
    to[0] = (uint8_t)length;
    return 1;
  }
  size_t following = length < 0x4000 ? 1 : length < 0x200000 ? 2 : length < 0x10000000 ? 3 : 4;
  to[0] = (uint8_t)(0xF00 >> following);
  if (following < 4) to[0] |= (uint8_t)(length >> (8 * following));
  for (size_t i = 0; i < following; i++) to[1 + i] = (uint8_t)(length >> (8 * (following - 1 - i)));
  return 1 + following;
}

ALIGNED int64_t limit_encode(const struct limit_word *words, size_t count, size_t sentences, uint8_t *buffer, size_t room) {
  size_t at = 0;
  int64_t written = 0;
  for (size_t sentence = 1; sentence <= sentences; sentence++) {
    for (size_t i = 0; i < count; i++) {
      size_t length = words[i].length;
      if (length > UINT32_MAX || room - at < length + 6) return -1;
      at += write_length(buffer + at, length);
      memcpy(buffer + at, words[i].start, length);
      at += length;
    }
    buffer[at++] = 0;
    KEEP(buffer);
    if (sentence % 100 == 0) {
      written += (int64_t)at;
      at = 0;
    }
  }
  return written + (int64_t)at;
}

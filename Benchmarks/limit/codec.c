// The floor under the codec's numbers: the least work in plain C that still checks every bound. It decodes from one buffer, copies
// nothing it is not asked for and allocates nothing, so a library with values, errors and a growing input has to stay above it.
//
//   gcc -O2 -o /tmp/codec-limit Benchmarks/limit/codec.c && /tmp/codec-limit
//
// One JSON object a line, median of seven samples. Run it in the same minute as the benchmarks: shared machines drift.

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
enum { ROWS = 1000, PASSES = 300, SAMPLES = 7, MOST_WORDS = 64 };

static const char *const row[] = {
    "!re", ".tag=17", "=.id=*1A2B", "=server=hotspot1", "=name=VOUCHER123456", "=password=VOUCHER123456",
    "=profile=default", "=limit-uptime=3h", "=limit-bytes-total=1610612736", "=uptime=0s", "=bytes-in=0", "=bytes-out=0",
    "=packets-in=0", "=packets-out=0", "=dynamic=false", "=disabled=false",
    "=comment=VOUCHER_SYSTEM|2.50|1700000000|1700010800",
};
static const char *const command[] = {
    "/ip/hotspot/user/add", ".tag=17", "=name=VOUCHER123456", "=password=VOUCHER123456", "=profile=default",
    "=limit-uptime=3h", "=limit-bytes-total=1610612736", "=comment=VOUCHER_SYSTEM|2.50|1700000000|1700010800",
};
static const char *const keys[] = {"name", "comment", "limit-uptime", "profile"};

struct word {
  const uint8_t *start;
  size_t length;
};

static uint8_t input[1 << 20], output[1 << 20];
static size_t input_length;

#define KEEP(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")

static size_t write_word(uint8_t *to, const char *text, size_t length) {
  size_t prefix;
  if (length < 0x80) {
    to[0] = (uint8_t)length;
    prefix = 1;
  } else if (length < 0x4000) {
    to[0] = (uint8_t)(0x80 | length >> 8);
    to[1] = (uint8_t)length;
    prefix = 2;
  } else {
    exit(1); // no word here is that long
  }
  memcpy(to + prefix, text, length);
  return prefix + length;
}

// Reads one sentence from `at`; returns where the next one begins, or NULL when this one is cut off or malformed.
static const uint8_t *read_sentence(const uint8_t *at, const uint8_t *end, struct word *words, size_t *count) {
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
    words[found++] = (struct word){at, length};
    at += length;
  }
  return NULL;
}

static bool value_of(const struct word *words, size_t count, const char *key, size_t key_length, struct word *value) {
  for (size_t i = 1; i < count; i++) {
    const uint8_t *text = words[i].start;
    if (words[i].length < key_length + 2 || text[0] != '=' || text[key_length + 1] != '=') continue;
    if (memcmp(text + 1, key, key_length) != 0) continue;
    *value = (struct word){text + key_length + 2, words[i].length - key_length - 2};
    return true;
  }
  return false;
}

static void decode(bool read_four) {
  const uint8_t *at = input, *end = input + input_length;
  while (at < end) {
    struct word words[MOST_WORDS], value;
    size_t count;
    at = read_sentence(at, end, words, &count);
    if (at == NULL) exit(1);
    KEEP(words);
    for (size_t i = 0; read_four && i < COUNT(keys); i++) {
      char text[128];
      if (!value_of(words, count, keys[i], strlen(keys[i]), &value) || value.length >= sizeof text) exit(1);
      memcpy(text, value.start, value.length);
      text[value.length] = 0;
      KEEP(text);
    }
  }
}

static void decode_frame(void) { decode(false); }
static void decode_read4(void) { decode(true); }

static void encode(void) {
  size_t lengths[COUNT(command)], at = 0;
  for (size_t i = 0; i < COUNT(command); i++) lengths[i] = strlen(command[i]);
  for (size_t i = 0; i < ROWS; i++) {
    for (size_t word = 0; word < COUNT(command); word++) at += write_word(output + at, command[word], lengths[word]);
    output[at++] = 0;
    KEEP(output);
  }
}

static int by_value(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static void report(const char *name, void (*pass)(void), size_t bytes) {
  double samples[SAMPLES];
  for (int warm = 0; warm < PASSES; warm++) pass();
  for (int sample = 0; sample < SAMPLES; sample++) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < PASSES; i++) pass();
    clock_gettime(CLOCK_MONOTONIC, &to);
    samples[sample] = ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / PASSES / ROWS;
  }
  qsort(samples, SAMPLES, sizeof *samples, by_value);
  printf("{\"name\": \"limit.%s\", \"ns_per_op\": %.1f, \"allocs_per_op\": 0, \"bytes_per_op\": %zu}\n", name,
         samples[SAMPLES / 2], bytes);
}

int main(void) {
  for (size_t i = 0; i < ROWS; i++) {
    for (size_t word = 0; word < COUNT(row); word++)
      input_length += write_word(input + input_length, row[word], strlen(row[word]));
    input[input_length++] = 0;
  }
  size_t encoded = 1;
  for (size_t word = 0; word < COUNT(command); word++) encoded += strlen(command[word]) + 1;
  report("codec.decode.frame", decode_frame, input_length / ROWS);
  report("codec.decode.read4", decode_read4, input_length / ROWS);
  report("codec.encode", encode, encoded);
}

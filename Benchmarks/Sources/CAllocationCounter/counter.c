// The program's own malloc and its relatives: each counts and passes on to glibc. Symbols of the executable come before those
// of the shared libraries, so the Swift runtime and libc allocate through these too and nothing is missed.

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "CAllocationCounter.h"

#if defined(__GLIBC__) || defined(__linux__)

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

// Of the thread: no lock, so counting costs one increment.
static _Thread_local uint64_t count;

// Sizes are followed only when some thread asked for it: they cost more, and would be part of what is measured.
static atomic_int followers;
static _Thread_local bool follows;
static _Thread_local int64_t live, peak;

#define NOBODY_FOLLOWS __builtin_expect(atomic_load_explicit(&followers, memory_order_relaxed) == 0, 1)

static __attribute__((noinline)) void *followed(void *memory, int64_t freed) {
  if (!follows || memory == NULL) return memory;
  live += (int64_t)malloc_usable_size(memory) - freed;
  if (live > peak) peak = live;
  return memory;
}

void *malloc(size_t size) {
  count++;
  if (NOBODY_FOLLOWS) return __libc_malloc(size);
  return followed(__libc_malloc(size), 0);
}

void *calloc(size_t items, size_t size) {
  count++;
  return followed(__libc_calloc(items, size), 0);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count++;
  return followed(__libc_memalign(alignment, size), 0);
}

void *memalign(size_t alignment, size_t size) {
  count++;
  return followed(__libc_memalign(alignment, size), 0);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  count++;
  void *memory = followed(__libc_memalign(alignment, size), 0);
  if (memory == NULL) return ENOMEM;
  *result = memory;
  return 0;
}

void *realloc(void *old, size_t size) {
  count++;
  if (NOBODY_FOLLOWS) return __libc_realloc(old, size);
  int64_t freed = old == NULL ? 0 : (int64_t)malloc_usable_size(old);
  return followed(__libc_realloc(old, size), freed);
}

void free(void *memory) {
  if (NOBODY_FOLLOWS) return __libc_free(memory);
  if (follows && memory != NULL) live -= (int64_t)malloc_usable_size(memory);
  __libc_free(memory);
}

uint64_t allocation_count(void) { return count; }

void heap_follow(void) {
  live = peak = 0;
  if (!follows) followers++;
  follows = true;
}

int64_t heap_peak(void) {
  if (follows) followers--;
  follows = false;
  return peak;
}

#else
#error "allocations are counted on Linux with glibc only"
#endif

void benchmark_consume(int64_t value) { __asm__ volatile("" : : "r"(value) : "memory"); }

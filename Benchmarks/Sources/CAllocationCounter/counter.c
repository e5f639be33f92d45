// The program's own malloc and its relatives: each counts and passes on to glibc. Symbols of the executable come before those
// of the shared libraries, so the Swift runtime and libc allocate through these too and nothing is missed.

#include <errno.h>
#include <stddef.h>

#include "CAllocationCounter.h"

#if defined(__GLIBC__) || defined(__linux__)

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

// Of the thread: no lock, so counting costs one increment.
static _Thread_local uint64_t count;

void *malloc(size_t size) {
  count++;
  return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
  count++;
  return __libc_calloc(items, size);
}

void *realloc(void *old, size_t size) {
  count++;
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count++;
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
  count++;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  count++;
  void *memory = __libc_memalign(alignment, size);
  if (memory == NULL) return ENOMEM;
  *result = memory;
  return 0;
}

uint64_t allocation_count(void) { return count; }

#else
#error "allocations are counted on Linux with glibc only"
#endif

void benchmark_consume(int64_t value) { __asm__ volatile("" : : "r"(value) : "memory"); }

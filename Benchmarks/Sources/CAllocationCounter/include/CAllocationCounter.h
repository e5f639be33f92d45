#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

#include <stdint.h>

/// The number of heap allocations the calling thread has made so far; a reallocation counts as one.
uint64_t allocation_count(void);

/// Begins to follow how many bytes of heap the calling thread holds, from zero.
void heap_follow(void);

/// Ends that and returns the most bytes that were held at once beyond those at the beginning.
int64_t heap_peak(void);

/// Takes a value where the optimiser cannot see it, so that the work that made the value cannot be left out.
void benchmark_consume(int64_t value);

#endif

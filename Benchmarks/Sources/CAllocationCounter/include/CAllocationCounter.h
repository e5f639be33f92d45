#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

#include <stdint.h>

/// The number of heap allocations the calling thread has made so far; a reallocation counts as one.
uint64_t allocation_count(void);

/// Takes a value where the optimiser cannot see it, so that the work that made the value cannot be left out.
void benchmark_consume(int64_t value);

#endif

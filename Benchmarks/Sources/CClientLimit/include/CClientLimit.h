// The client's workloads with a bare blocking socket: what the machine allows.
#ifndef CCLIENTLIMIT_H
#define CCLIENTLIMIT_H

#include <stddef.h>

/// Connects to an IPv4 address; a descriptor, or -1.
int limit_dial(const char *address, int port);

/// Ends a connection.
void limit_hang_up(int descriptor);

/// Sends `count` commands, each after the answer to the one before; 0, or -1.
int limit_sequential(int descriptor, const void *command, size_t size, int count);

/// Sends a batch of `width` commands `count` times, each after all answers to the one before; 0, or -1.
int limit_batches(int descriptor, const void *batch, size_t size, int width, int count);

/// Sends one command and reads to its end without looking into the rows; the bytes that came, or -1.
long limit_print(int descriptor, const void *command, size_t size);

#endif

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

/// Sends `count` commands in one go and reads the answers while it does; 0, or -1.
int limit_pipeline(int descriptor, const void *commands, size_t size, int count);

/// Sends one command and reads to its end without looking into the rows; the bytes that came, or -1.
long limit_print(int descriptor, const void *command, size_t size);

/// Which of the three.
enum limit_kind { limit_kind_sequential, limit_kind_batches, limit_kind_print };

/// A process of its own in which one of them is run as often as it is asked for.
struct limit_process {
    int id, channel;
};

/// Starts one over a connection, which it takes over, and runs the work once to warm up; 0, or -1.
///
/// The process is a copy of this one that calls nothing but the kernel, so it may be made while other threads run; it has the
/// two descriptors that it needs and no other.
int limit_start(
    struct limit_process *process, int descriptor, enum limit_kind kind, const void *bytes, size_t size, int width,
    int count);

/// Runs the work once and waits for it; the nanoseconds it took, by the process's own clock, or -1.
long long limit_sample(struct limit_process *process);

/// Ends the process.
void limit_end(struct limit_process *process);

/// Gives memory that was freed back to the system.
void limit_give_back(void);

#endif

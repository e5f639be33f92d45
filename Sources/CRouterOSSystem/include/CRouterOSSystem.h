// What the event loop and its sockets need from the system where Linux and the BSDs, macOS among them, differ.
#ifndef CROUTEROSSYSTEM_H
#define CROUTEROSSYSTEM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __linux__
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif

/// A TCP socket that does not block, is not inherited by other programs and never raises SIGPIPE; -1 and errno on failure.
int routeros_socket(int family);

/// Accepts a connection as a socket like those of `routeros_socket`; -1 and errno when there is none.
int routeros_accept(int listener);

/// Sends without blocking; the number of bytes taken, or -1 and errno.
ssize_t routeros_send(int descriptor, const void *bytes, size_t count);

/// Lets the system give up a peer that acknowledges nothing for so long, and look after one that says nothing for so long.
void routeros_watch_peer(int descriptor, uint32_t unanswered_milliseconds, uint32_t silent_seconds);

/// Makes the two ends of a bell: what is written to the second wakes who waits for the first. 0, or -1 and errno.
///
/// Both are the same descriptor where the system has one for this.
int routeros_bell(int ends[2]);

/// What the calling thread runs, as `routeros_set_current` has noted it; null on other threads.
const void *routeros_current(void);

/// Notes what the calling thread runs.
void routeros_set_current(const void *loop);

#endif

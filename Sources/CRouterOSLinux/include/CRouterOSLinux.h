// What the event loop needs from Linux and the Glibc module does not export: epoll, eventfd, accept4.
#ifndef CROUTEROSLINUX_H
#define CROUTEROSLINUX_H

#include <sys/epoll.h>
#include <sys/eventfd.h>

/// Accepts a connection that does not block and is not inherited by other programs; -1 and errno when there is none.
int routeros_accept(int listener);

#endif

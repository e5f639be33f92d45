#define _GNU_SOURCE
#include "CRouterOSSystem.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

static _Thread_local const void *current;

const void *routeros_current(void) { return current; }
void routeros_set_current(const void *loop) { current = loop; }

#ifdef __linux__

int routeros_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

int routeros_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); }

ssize_t routeros_send(int descriptor, const void *bytes, size_t count) {
    return send(descriptor, bytes, count, MSG_NOSIGNAL);
}

int routeros_bell(int ends[2]) {
    ends[0] = ends[1] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return ends[0] < 0 ? -1 : 0;
}

#else

static int prepared(int descriptor) {
    if (descriptor < 0) return descriptor;
    int one = 1;
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
#ifdef SO_NOSIGPIPE
    setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, sizeof one);
#endif
    return descriptor;
}

int routeros_socket(int family) { return prepared(socket(family, SOCK_STREAM, 0)); }

int routeros_accept(int listener) { return prepared(accept(listener, NULL, NULL)); }

ssize_t routeros_send(int descriptor, const void *bytes, size_t count) { return send(descriptor, bytes, count, 0); }

int routeros_bell(int ends[2]) {
    if (pipe(ends) < 0) return -1;
    for (int end = 0; end < 2; end++) {
        fcntl(ends[end], F_SETFD, FD_CLOEXEC);
        fcntl(ends[end], F_SETFL, O_NONBLOCK);
    }
    return 0;
}

#endif

void routeros_watch_peer(int descriptor, uint32_t unanswered_milliseconds, uint32_t silent_seconds) {
    int one = 1, idle = silent_seconds > 32767 ? 32767 : (int)silent_seconds;
    setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
#ifdef TCP_KEEPIDLE
    setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
#elif defined(TCP_KEEPALIVE)
    setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPALIVE, &idle, sizeof idle);
#endif
#ifdef TCP_USER_TIMEOUT
    setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &unanswered_milliseconds, sizeof unanswered_milliseconds);
#elif defined(TCP_RXT_CONNDROPTIME)
    int seconds = (int)(unanswered_milliseconds / 1000) + 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_RXT_CONNDROPTIME, &seconds, sizeof seconds);
#endif
}

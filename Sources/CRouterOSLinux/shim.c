#define _GNU_SOURCE
#include "CRouterOSLinux.h"

#include <stddef.h>
#include <sys/socket.h>

int routeros_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

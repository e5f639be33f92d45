#include "CClientLimit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[1 << 20];

int limit_dial(const char *address, int port) {
    int descriptor = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in target = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    if (descriptor < 0 || inet_pton(AF_INET, address, &target.sin_addr) != 1) return -1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(descriptor, (struct sockaddr *)&target, sizeof target) == 0) return descriptor;
    close(descriptor);
    return -1;
}

void limit_hang_up(int descriptor) { close(descriptor); }

static int put(int descriptor, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t sent = write(descriptor, bytes, size);
        if (sent <= 0) return -1;
        bytes += sent;
        size -= (size_t)sent;
    }
    return 0;
}

int limit_sequential(int descriptor, const void *command, size_t size, int count) {
    for (int i = 0; i < count; i++)
        if (put(descriptor, command, size) < 0 || read(descriptor, buffer, sizeof buffer) <= 0) return -1;
    return 0;
}

// Every `!done` is one answer: the rows of these commands hold no such text.
static int answers(const char *bytes, ssize_t size) {
    int found = 0;
    for (const char *end = bytes + size; (bytes = memchr(bytes, '!', (size_t)(end - bytes))) != NULL; bytes++)
        if (end - bytes >= 5 && memcmp(bytes, "!done", 5) == 0) found++;
    return found;
}

int limit_batches(int descriptor, const void *batch, size_t size, int width, int count) {
    for (int i = 0; i < count; i++) {
        if (put(descriptor, batch, size) < 0) return -1;
        for (int done = 0; done < width;) {
            ssize_t got = read(descriptor, buffer, sizeof buffer);
            if (got <= 0) return -1;
            done += answers(buffer, got);
        }
    }
    return 0;
}

long limit_print(int descriptor, const void *command, size_t size) {
    static const char last[] = "\5!done";
    char tail[sizeof last] = {0};
    long total = 0;
    if (put(descriptor, command, size) < 0) return -1;
    // The sentence that ends the answer is the last thing to come: its word and the empty one behind it.
    while (memcmp(tail, last, sizeof last) != 0) {
        ssize_t got = read(descriptor, buffer, sizeof buffer);
        if (got <= 0) return -1;
        total += got;
        if (got >= (ssize_t)sizeof tail) {
            memcpy(tail, buffer + got - sizeof tail, sizeof tail);
        } else {
            memmove(tail, tail + got, sizeof tail - (size_t)got);
            memcpy(tail + sizeof tail - got, buffer, (size_t)got);
        }
    }
    return total;
}

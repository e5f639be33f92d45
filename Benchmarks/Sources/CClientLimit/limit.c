#define _GNU_SOURCE
#include "CClientLimit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
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

int limit_pipeline(int descriptor, const void *commands, size_t size, int count) {
    const char *bytes = commands;
    // An answer that is cut in two is counted when its end is there.
    char cut[4] = {0};
    for (int done = 0; done < count;) {
        struct pollfd wanted = {.fd = descriptor, .events = (short)(POLLIN | (size > 0 ? POLLOUT : 0))};
        if (poll(&wanted, 1, 10000) <= 0) return -1;
        if (size > 0 && wanted.revents & POLLOUT) {
            ssize_t sent = send(descriptor, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent <= 0) return -1;
            bytes += sent;
            size -= (size_t)sent;
        }
        if (!(wanted.revents & (POLLIN | POLLHUP | POLLERR))) continue;
        memcpy(buffer, cut, sizeof cut);
        ssize_t got = read(descriptor, buffer + sizeof cut, sizeof buffer - sizeof cut);
        if (got <= 0) return -1;
        done += answers(buffer, (ssize_t)sizeof cut + got);
        memcpy(cut, buffer + got, sizeof cut);
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

static int work(int descriptor, enum limit_kind kind, const void *bytes, size_t size, int width, int count) {
    switch (kind) {
    case limit_kind_sequential: return limit_sequential(descriptor, bytes, size, count);
    case limit_kind_batches: return limit_batches(descriptor, bytes, size, width, count);
    case limit_kind_print: return limit_print(descriptor, bytes, size) > 0 ? 0 : -1;
    }
    return -1;
}

int limit_start(
    struct limit_process *process, int descriptor, enum limit_kind kind, const void *bytes, size_t size, int width,
    int count) {
    int channel[2] = {-1, -1};
    pid_t id = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) == 0 ? fork() : -1;
    if (id == 0) {
        char ask;
        // Above those that it gets new numbers for.
        int moved[2] = {fcntl(channel[1], F_DUPFD, 10), fcntl(descriptor, F_DUPFD, 10)};
        if (dup2(moved[0], 0) != 0 || dup2(moved[1], 1) != 1 || close_range(2, ~0U, 0) != 0) _exit(1);
        if (work(1, kind, bytes, size, width, count) != 0) _exit(1);
        long long taken = 0;
        while (send(0, &taken, sizeof taken, MSG_NOSIGNAL) == sizeof taken && read(0, &ask, 1) == 1) {
            struct timespec begun, ended;
            clock_gettime(CLOCK_MONOTONIC, &begun);
            int failed = work(1, kind, bytes, size, width, count);
            clock_gettime(CLOCK_MONOTONIC, &ended);
            taken = (ended.tv_sec - begun.tv_sec) * 1000000000LL + ended.tv_nsec - begun.tv_nsec;
            if (failed) _exit(1);
        }
        _exit(0);
    }
    if (channel[1] >= 0) close(channel[1]);
    close(descriptor);
    *process = (struct limit_process){.id = id, .channel = channel[0]};
    long long ready;
    if (id > 0 && recv(process->channel, &ready, sizeof ready, MSG_WAITALL) == sizeof ready) return 0;
    limit_end(process);
    return -1;
}

long long limit_sample(struct limit_process *process) {
    long long taken;
    if (send(process->channel, "", 1, MSG_NOSIGNAL) != 1) return -1;
    return recv(process->channel, &taken, sizeof taken, MSG_WAITALL) == sizeof taken ? taken : -1;
}

void limit_end(struct limit_process *process) {
    if (process->channel >= 0) close(process->channel);
    if (process->id > 0)
        while (waitpid(process->id, NULL, 0) < 0 && errno == EINTR) continue;
    *process = (struct limit_process){.id = -1, .channel = -1};
}

void limit_give_back(void) { malloc_trim(0); }

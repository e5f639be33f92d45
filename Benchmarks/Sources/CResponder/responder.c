#define _GNU_SOURCE
#include "CResponder.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/// Bytes that grow; `start` is what has been used of them.
struct bytes {
    uint8_t *data;
    size_t start, size, room;
};

struct connection {
    int descriptor;
    struct bytes in, out;
};

struct responder {
    int listener, rows;
};

static uint8_t *room(struct bytes *bytes, size_t more) {
    if (bytes->start > 0 && bytes->start == bytes->size) bytes->start = bytes->size = 0;
    if (bytes->size + more > bytes->room) {
        bytes->room = (bytes->size + more) * 2;
        bytes->data = realloc(bytes->data, bytes->room);
        if (bytes->data == NULL) abort();
    }
    return bytes->data + bytes->size;
}

// Words here are shorter than 128 bytes, for which the length is one byte.
static void put(struct bytes *out, const char *word, size_t length) {
    uint8_t *end = room(out, length + 1);
    end[0] = (uint8_t)length;
    memcpy(end + 1, word, length);
    out->size += length + 1;
}

static void put_text(struct bytes *out, const char *word) { put(out, word, strlen(word)); }

struct word {
    const char *start;
    size_t length;
};

static int ends_with(struct word word, const char *end) {
    size_t length = strlen(end);
    return word.length >= length && memcmp(word.start + word.length - length, end, length) == 0;
}

static void answer(struct bytes *out, struct word path, struct word tag, int rows) {
    static const char *const rest[] = {
        "=server=hotspot1", "=password=VOUCHER123456", "=profile=default", "=limit-uptime=3h",
        "=limit-bytes-total=1610612736", "=uptime=0s", "=bytes-in=0", "=bytes-out=0", "=packets-in=0", "=packets-out=0",
        "=dynamic=false", "=disabled=false", "=comment=VOUCHER_SYSTEM|2.50|1700000000|1700010800",
    };
    char text[48];
    for (int row = 0; row < (ends_with(path, "/print") ? rows : 0); row++) {
        put_text(out, "!re");
        if (tag.length > 0) put(out, tag.start, tag.length);
        put(out, text, (size_t)snprintf(text, sizeof text, "=.id=*%X", (unsigned)row + 1));
        put(out, text, (size_t)snprintf(text, sizeof text, "=name=VOUCHER%06d", row));
        for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) put_text(out, rest[i]);
        put_text(out, "");
    }
    put_text(out, "!done");
    if (tag.length > 0) put(out, tag.start, tag.length);
    if (ends_with(path, "/add")) put_text(out, "=ret=*1");
    put_text(out, "");
}

/// Answers every whole command that has come; 0 when the peer sends what it should not.
static int answer_all(struct connection *peer, int rows) {
    struct bytes *in = &peer->in;
    for (;;) {
        struct word path = {0}, tag = {0};
        size_t at = in->start, length;
        for (;;) {
            if (at >= in->size) return 1;
            length = in->data[at];
            size_t prefix = 1;
            if (length >= 0xC0) return 0;
            if (length >= 0x80) {
                if (at + 2 > in->size) return 1;
                length = (length & 0x3F) << 8 | in->data[at + 1];
                prefix = 2;
            }
            if (at + prefix + length > in->size) return 1;
            struct word word = {(const char *)in->data + at + prefix, length};
            at += prefix + length;
            if (length == 0) break;
            if (path.length == 0) path = word;
            if (length > 5 && memcmp(word.start, ".tag=", 5) == 0) tag = word;
        }
        if (path.length > 0) answer(&peer->out, path, tag, rows);
        in->start = at;
    }
}

/// Moves what the peer has sent and what it is owed; 0 when it is gone.
static int serve(struct connection *peer, int rows) {
    for (;;) {
        if (peer->in.start > 0) {
            memmove(peer->in.data, peer->in.data + peer->in.start, peer->in.size - peer->in.start);
            peer->in.size -= peer->in.start;
            peer->in.start = 0;
        }
        ssize_t got = recv(peer->descriptor, room(&peer->in, 4096), 4096, 0);
        if (got == 0 || (got < 0 && errno != EAGAIN)) return 0;
        if (got > 0) {
            peer->in.size += (size_t)got;
            if (!answer_all(peer, rows)) return 0;
        }
        while (peer->out.start < peer->out.size) {
            ssize_t sent = send(
                peer->descriptor, peer->out.data + peer->out.start, peer->out.size - peer->out.start, MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN) return 0;
            if (sent < 0) break;
            peer->out.start += (size_t)sent;
        }
        if (got < 4096) return 1;
    }
}

static void *run(void *argument) {
    struct responder *responder = argument;
    int epoll = epoll_create1(EPOLL_CLOEXEC), one = 1;
    struct epoll_event event = {.events = EPOLLIN}, events[256];
    epoll_ctl(epoll, EPOLL_CTL_ADD, responder->listener, &event);
    for (;;) {
        int count = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < count; i++) {
            struct connection *peer = events[i].data.ptr;
            if (peer != NULL) {
                if (serve(peer, responder->rows)) continue;
                close(peer->descriptor);
                free(peer->in.data);
                free(peer->out.data);
                free(peer);
                continue;
            }
            int descriptor = accept4(responder->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (descriptor < 0) continue;
            setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            peer = calloc(1, sizeof *peer);
            if (peer == NULL) abort();
            peer->descriptor = descriptor;
            // On edges: writing is tried whenever something may have changed.
            event = (struct epoll_event){.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = peer};
            epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
        }
    }
    return NULL;
}

int responder_start(int rows) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    struct responder *responder = malloc(sizeof *responder);
    pthread_t thread;
    if (responder == NULL) return -1;
    responder->rows = rows;
    responder->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (responder->listener < 0 || bind(responder->listener, (struct sockaddr *)&address, sizeof address) < 0
        || listen(responder->listener, 4096) < 0
        || getsockname(responder->listener, (struct sockaddr *)&address, &size) < 0
        || pthread_create(&thread, NULL, run, responder) != 0) {
        if (responder->listener >= 0) close(responder->listener);
        free(responder);
        return -1;
    }
    pthread_detach(thread);
    return ntohs(address.sin_port);
}

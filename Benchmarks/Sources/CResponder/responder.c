#define _GNU_SOURCE
#include "CResponder.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
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
    SSL *tls;
    /// Where it is among the peers.
    size_t place;
    struct bytes in, out;
    /// The table under way: the row that comes next, how many there are, and the tag that each has.
    int row, rows;
    char tag[32];
    size_t tag_length;
};

struct responder {
    int listener, rows;
    SSL_CTX *tls;
    /// 0 for one that is well.
    uint64_t random;
    struct connection **peers;
    size_t count, room;
    /// Whether everybody is to be dropped.
    int drops;
};

/// How much of a table is made at a time.
enum { chunk = 64 << 10 };

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

static int is_tabular(const struct connection *peer) { return peer->row < peer->rows; }

static void end(struct bytes *out, const char *tag, size_t length, int returns) {
    put_text(out, "!done");
    if (length > 0) put(out, tag, length);
    if (returns) put_text(out, "=ret=*1");
    put_text(out, "");
}

static void answer(struct responder *responder, struct connection *peer, struct word path, struct word tag) {
    if (ends_with(path, "/reboot")) responder->drops = 1;
    if (ends_with(path, "/print") && responder->rows > 0 && tag.length <= sizeof peer->tag) {
        peer->row = 0;
        peer->rows = responder->rows;
        peer->tag_length = tag.length;
        if (tag.length > 0) memcpy(peer->tag, tag.start, tag.length);
        return;
    }
    end(&peer->out, tag.start, tag.length, ends_with(path, "/add"));
}

/// Makes the next rows of the table under way, and with the last one its end.
static void make_rows(struct connection *peer) {
    static const char *const rest[] = {
        "=server=hotspot1", "=password=VOUCHER123456", "=profile=default", "=limit-uptime=3h",
        "=limit-bytes-total=1610612736", "=uptime=0s", "=bytes-in=0", "=bytes-out=0", "=packets-in=0", "=packets-out=0",
        "=dynamic=false", "=disabled=false", "=comment=VOUCHER_SYSTEM|2.50|1700000000|1700010800",
    };
    struct bytes *out = &peer->out;
    char text[48];
    while (is_tabular(peer) && out->size < chunk) {
        put_text(out, "!re");
        if (peer->tag_length > 0) put(out, peer->tag, peer->tag_length);
        put(out, text, (size_t)snprintf(text, sizeof text, "=.id=*%X", (unsigned)peer->row + 1));
        put(out, text, (size_t)snprintf(text, sizeof text, "=name=VOUCHER%06d", peer->row));
        for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) put_text(out, rest[i]);
        put_text(out, "");
        if (++peer->row == peer->rows) end(out, peer->tag, peer->tag_length, 0);
    }
}

/// Answers every whole command that has come, up to one whose answer is a table; 0 when the peer sends what it should not.
static int answer_all(struct responder *responder, struct connection *peer) {
    struct bytes *in = &peer->in;
    while (!is_tabular(peer)) {
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
        if (path.length > 0) answer(responder, peer, path, tag);
        in->start = at;
    }
    return 1;
}

/// As `recv`; a failure is EAGAIN when there is nothing to read yet.
static ssize_t receive(struct connection *peer, void *bytes, size_t size) {
    if (peer->tls == NULL) return recv(peer->descriptor, bytes, size, 0);
    ERR_clear_error();
    int got = SSL_read(peer->tls, bytes, (int)size);
    if (got > 0) return got;
    errno = SSL_get_error(peer->tls, got) == SSL_ERROR_WANT_READ ? EAGAIN : ECONNRESET;
    return -1;
}

static ssize_t transmit(struct connection *peer, const void *bytes, size_t size) {
    if (peer->tls == NULL) return send(peer->descriptor, bytes, size, MSG_NOSIGNAL);
    ERR_clear_error();
    int sent = SSL_write(peer->tls, bytes, (int)size);
    if (sent > 0) return sent;
    errno = SSL_get_error(peer->tls, sent) == SSL_ERROR_WANT_WRITE ? EAGAIN : ECONNRESET;
    return -1;
}

/// Sends what the peer is owed; 1 when that is all, 0 when it takes no more now, -1 when it is gone.
static int pay(struct connection *peer) {
    for (;;) {
        while (peer->out.start < peer->out.size) {
            ssize_t sent = transmit(peer, peer->out.data + peer->out.start, peer->out.size - peer->out.start);
            if (sent < 0) return errno == EAGAIN ? 0 : -1;
            peer->out.start += (size_t)sent;
        }
        if (!is_tabular(peer)) return 1;
        // Sent as it is made: what the peer does not read yet is not made yet.
        peer->out.start = peer->out.size = 0;
        make_rows(peer);
    }
}

/// Moves what the peer has sent and what it is owed; 0 when it is gone.
static int serve(struct responder *responder, struct connection *peer) {
    for (int is_last = 0;;) {
        // What came behind a command for a table waits for the table's end.
        for (int goes_on = 1; goes_on;) {
            size_t start = peer->in.start;
            goes_on = is_tabular(peer);
            if (!answer_all(responder, peer)) return 0;
            int paid = pay(peer);
            if (paid <= 0) return paid == 0;
            goes_on |= peer->in.start != start;
        }
        if (is_last) return 1;
        if (peer->in.start > 0) {
            memmove(peer->in.data, peer->in.data + peer->in.start, peer->in.size - peer->in.start);
            peer->in.size -= peer->in.start;
            peer->in.start = 0;
        }
        ssize_t got = receive(peer, room(&peer->in, 4096), 4096);
        if (got == 0 || (got < 0 && errno != EAGAIN)) return 0;
        if (got < 0) return 1;
        peer->in.size += (size_t)got;
        // TLS gives a record at a time: only that it has none tells that there is nothing more.
        is_last = peer->tls == NULL && got < 4096;
    }
}

static void hang_up(struct responder *responder, struct connection *peer) {
    struct connection *last = responder->peers[--responder->count];
    responder->peers[last->place = peer->place] = last;
    SSL_free(peer->tls);
    close(peer->descriptor);
    free(peer->in.data);
    free(peer->out.data);
    free(peer);
}

/// One in `sides`, never for a responder that is well.
static int chance(struct responder *responder, uint64_t sides) {
    if (responder->random == 0) return 0;
    // Marsaglia's xorshift.
    responder->random ^= responder->random << 13;
    responder->random ^= responder->random >> 7;
    responder->random ^= responder->random << 17;
    return responder->random % sides == 0;
}

/// Makes closing tell the peer of an error instead of an end.
static void break_off(struct connection *peer) {
    struct linger none = {.l_onoff = 1};
    setsockopt(peer->descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

static struct connection *greet(struct responder *responder, int descriptor) {
    struct connection *peer = calloc(1, sizeof *peer);
    if (responder->count == responder->room) {
        responder->room = responder->room * 2 + 64;
        responder->peers = realloc(responder->peers, responder->room * sizeof *responder->peers);
    }
    if (peer == NULL || responder->peers == NULL) abort();
    peer->descriptor = descriptor;
    peer->place = responder->count;
    return responder->peers[responder->count++] = peer;
}

static void *run(void *argument) {
    struct responder *responder = argument;
    int epoll = epoll_create1(EPOLL_CLOEXEC), one = 1;
    struct epoll_event event = {.events = EPOLLIN}, events[256];
    epoll_ctl(epoll, EPOLL_CTL_ADD, responder->listener, &event);
    for (;;) {
        int count = epoll_wait(epoll, events, 256, responder->random == 0 ? -1 : 5);
        for (int i = 0; i < count; i++) {
            struct connection *peer = events[i].data.ptr;
            if (peer != NULL) {
                // With a command unread, or answered: the peer finds out in the middle of something either way.
                int breaks = chance(responder, 8);
                if (!breaks && serve(responder, peer) && !(breaks = chance(responder, 8))) continue;
                if (breaks) break_off(peer);
                hang_up(responder, peer);
                continue;
            }
            int descriptor = accept4(responder->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (descriptor < 0) continue;
            setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            peer = greet(responder, descriptor);
            if (responder->tls != NULL) {
                peer->tls = SSL_new(responder->tls);
                if (peer->tls == NULL || SSL_set_fd(peer->tls, descriptor) != 1) abort();
                SSL_set_accept_state(peer->tls);
            }
            // On edges: writing is tried whenever something may have changed.
            event = (struct epoll_event){.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = peer};
            epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
        }
        // All at once, as when a router loses its power; nobody is left who could be among further events.
        while (responder->drops && responder->count > 0) hang_up(responder, responder->peers[responder->count - 1]);
        responder->drops = 0;
        // And at moments when nothing is under way.
        if (responder->count > 0 && chance(responder, 8)) {
            struct connection *peer = responder->peers[responder->random / 8 % responder->count];
            break_off(peer);
            hang_up(responder, peer);
        }
    }
    return NULL;
}

/// A certificate as routers sign for themselves, RSA with 2 048 bits, in `context`, and its SHA-256; 0 when that fails.
static int certify(SSL_CTX *context, uint8_t sha256[32]) {
    EVP_PKEY *key = EVP_RSA_gen(2048);
    X509 *certificate = X509_new();
    X509_NAME *name = certificate != NULL ? X509_get_subject_name(certificate) : NULL;
    int done = key != NULL && name != NULL && X509_set_version(certificate, X509_VERSION_3) == 1
        && ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1
        && X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) != NULL
        && X509_gmtime_adj(X509_getm_notAfter(certificate), 86400) != NULL
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"router.lan", -1, -1, 0) == 1
        && X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1
        && X509_sign(certificate, key, EVP_sha256()) > 0 && X509_digest(certificate, EVP_sha256(), sha256, NULL) == 1
        && SSL_CTX_use_certificate(context, certificate) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1;
    X509_free(certificate);
    EVP_PKEY_free(key);
    return done;
}

/// What all connections over TLS share; NULL when there can be none.
static SSL_CTX *protect(enum responder_protection protection, int resumes, uint8_t sha256[32]) {
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (context == NULL) return NULL;
    int isAnonymous = protection == responder_anonymous;
    SSL_CTX_set_mode(
        context,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    if (!resumes) SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    if (SSL_CTX_set_max_proto_version(context, protection == responder_tls13 ? TLS1_3_VERSION : TLS1_2_VERSION) == 1
        && SSL_CTX_set_num_tickets(context, resumes ? 1 : 0) == 1
        && (isAnonymous ? SSL_CTX_set_cipher_list(context, "ADH:@SECLEVEL=0") == 1
                              && SSL_CTX_set_dh_auto(context, 1) == 1
                        : certify(context, sha256))) {
        return context;
    }
    SSL_CTX_free(context);
    return NULL;
}

/// Listens on a free port of the loopback; -1 when the system does not let it.
static int listen_on(struct sockaddr_in *address, int backlog) {
    socklen_t size = sizeof *address;
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener >= 0 && bind(listener, (struct sockaddr *)address, size) == 0 && listen(listener, backlog) == 0
        && getsockname(listener, (struct sockaddr *)address, &size) == 0)
        return listener;
    if (listener >= 0) close(listener);
    return -1;
}

static int start(int rows, SSL_CTX *tls, uint64_t seed) {
    struct sockaddr_in address;
    struct responder *responder = calloc(1, sizeof *responder);
    pthread_t thread;
    if (responder == NULL) return -1;
    responder->rows = rows;
    responder->tls = tls;
    responder->random = seed;
    responder->listener = listen_on(&address, 4096);
    if (responder->listener < 0 || pthread_create(&thread, NULL, run, responder) != 0) {
        if (responder->listener >= 0) close(responder->listener);
        free(responder);
        return -1;
    }
    pthread_detach(thread);
    return ntohs(address.sin_port);
}

int responder_start(int rows) { return start(rows, NULL, 0); }

int responder_start_tls(int rows, enum responder_protection protection, int resumes, uint8_t sha256[32]) {
    SSL_CTX *tls = protect(protection, resumes, sha256);
    int port = tls != NULL ? start(rows, tls, 0) : -1;
    if (port < 0) SSL_CTX_free(tls);
    return port;
}

int responder_start_flapping(int rows, uint64_t seed) { return start(rows, NULL, seed == 0 ? 1 : seed); }

int responder_start_mute(void) {
    struct sockaddr_in address;
    return listen_on(&address, 4096) < 0 ? -1 : ntohs(address.sin_port);
}

/// Whether a connection comes about within 200 ms; it stays.
static int is_let_in(struct sockaddr_in *address) {
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct pollfd watched = {.fd = descriptor, .events = POLLOUT};
    if (connect(descriptor, (struct sockaddr *)address, sizeof *address) == 0) return 1;
    if (errno == EINPROGRESS && poll(&watched, 1, 200) > 0) return 1;
    close(descriptor);
    return 0;
}

int responder_start_deaf(void) {
    struct sockaddr_in address;
    // Nobody accepts: once the queue is full the system drops every SYN.
    if (listen_on(&address, 0) < 0) return -1;
    for (int i = 0; i < 64; i++)
        if (!is_let_in(&address)) return ntohs(address.sin_port);
    return -1;
}

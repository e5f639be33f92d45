// A server that answers at once, to measure clients against.
#ifndef CRESPONDER_H
#define CRESPONDER_H

#include <stdint.h>

/// Serves the RouterOS API on a free port of 127.0.0.1, on a thread of its own, until the process ends; the port, or -1.
///
/// A command whose path ends in `/print` is answered with `rows` rows of hotspot users, made while they are sent, `/add` with an
/// id, and everything else with `!done`, `/login` among it whatever the password. `/reboot` drops every connection, that of the
/// caller too.
int responder_start(int rows);

/// What a server over TLS speaks.
enum responder_protection {
    /// TLS 1.3 with a certificate that signs itself.
    responder_tls13,
    /// TLS 1.2 with one.
    responder_tls12,
    /// TLS 1.2 without one, anonymous Diffie-Hellman with 3 072 bits.
    responder_anonymous,
};

/// The same over TLS; `sha256` gets the fingerprint of the certificate.
///
/// With `resumes` a client may resume its session; without, every handshake is a whole one.
int responder_start_tls(int rows, enum responder_protection protection, int resumes, uint8_t sha256[32]);

/// The same, but a quarter of what it is sent ends in a reset of the connection, before the answer or behind it, and connections
/// are reset at moments when nothing is under way; at random from `seed`.
int responder_start_flapping(int rows, uint64_t seed);

/// A port that accepts connections and never says a word; -1 when the system gives none.
int responder_start_mute(void);

/// A port that swallows every attempt to connect, as a firewall does that drops packets; -1 when the system gives none.
int responder_start_deaf(void);

#endif

#ifndef CROUTEROSOPENSSL_SHIM_H
#define CROUTEROSOPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Below: macros, and functions with a variable number of arguments, that Swift cannot call.

/// TLS 1.2 to `newest`, without renegotiation and compression, and little memory while nothing is under way.
static inline int routeros_tls_configure(SSL_CTX *context, int newest) {
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1
        && SSL_CTX_set_max_proto_version(context, newest) == 1;
}

/// Sessions are kept by whoever hears of them through the callback, and not here.
static inline void routeros_tls_report_sessions(SSL_CTX *context, int (*callback)(SSL *, SSL_SESSION *)) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, callback);
}

/// A server keeps no sessions: its tickets hold them.
static inline void routeros_tls_keep_no_sessions(SSL_CTX *context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
}

/// Diffie-Hellman groups are chosen by the library.
static inline int routeros_tls_use_automatic_groups(SSL_CTX *context) {
    return (int)SSL_CTX_set_dh_auto(context, 1);
}

static inline int routeros_tls_set_server_name(SSL *session, const char *name) {
    return (int)SSL_set_tlsext_host_name(session, name);
}

static inline void routeros_bio_retry_read(BIO *bio) {
    BIO_set_retry_read(bio);
}

static inline void routeros_bio_clear_retry(BIO *bio) {
    BIO_clear_retry_flags(bio);
}

static inline EVP_PKEY *routeros_generate_p256_key(void) {
    return EVP_EC_gen("P-256");
}

/// A name on one line in UTF-8.
static inline int routeros_write_name(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) >= 0;
}

/// Year, month, day, hour, minute and second in UTC; 0 when the time is malformed.
static inline int routeros_read_time(const ASN1_TIME *time, int parts[6]) {
    struct tm read;
    if (ASN1_TIME_to_tm(time, &read) != 1) {
        return 0;
    }
    parts[0] = read.tm_year + 1900;
    parts[1] = read.tm_mon + 1;
    parts[2] = read.tm_mday;
    parts[3] = read.tm_hour;
    parts[4] = read.tm_min;
    parts[5] = read.tm_sec;
    return 1;
}

#endif

#ifndef CROUTEROSCURL_SHIM_H
#define CROUTEROSCURL_SHIM_H

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

// Swift cannot call variadic functions.
static inline CURLcode routeros_curl_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode routeros_curl_set_text(CURL *easy, CURLoption option, const char *text) {
    return curl_easy_setopt(easy, option, text);
}

static inline CURLcode routeros_curl_set_headers(CURL *easy, struct curl_slist *headers) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
}

// The body is copied.
static inline CURLcode routeros_curl_set_body(CURL *easy, const void *bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, count);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}

static inline CURLcode routeros_curl_set_receiver(CURL *easy, curl_write_callback receive, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_WRITEDATA, context) : code;
}

static inline CURLcode routeros_curl_set_basic_authentication(CURL *easy, const char *user, const char *password) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_USERNAME, user);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_PASSWORD, password) : code;
}

static inline long routeros_curl_number(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t routeros_curl_time(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline CURLMcode routeros_curl_limit_connections(CURLM *multi, long limit) {
    return curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limit);
}

// A certificate is accepted for its SHA-256 alone: whoever signed it, whatever names it bears, however old it is.
static inline int routeros_curl_is_pinned(X509_STORE_CTX *context, void *pin) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int count = 0;
    X509 *certificate = X509_STORE_CTX_get0_cert(context);
    if (certificate != NULL && X509_digest(certificate, EVP_sha256(), digest, &count) == 1 && count == 32 &&
        CRYPTO_memcmp(digest, pin, 32) == 0) {
        X509_STORE_CTX_set_error(context, X509_V_OK);
        return 1;
    }
    X509_STORE_CTX_set_error(context, X509_V_ERR_CERT_REJECTED);
    return 0;
}

// The host has taken the connection: TLS begins, with a pin or without.
static inline CURLcode routeros_curl_begin_tls(CURL *easy, void *context, void *pin) {
    char *has_begun = NULL;
    if (curl_easy_getinfo(easy, CURLINFO_PRIVATE, &has_begun) == CURLE_OK && has_begun != NULL) *has_begun = 1;
    if (pin == NULL) return CURLE_OK;
    SSL_CTX_set_verify((SSL_CTX *)context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_cert_verify_callback((SSL_CTX *)context, routeros_curl_is_pinned, pin);
    return CURLE_OK;
}

// Notes in a byte, which must stay where it is for as long as the transfer, that TLS has begun.
static inline CURLcode routeros_curl_watch_tls(CURL *easy, char *has_begun) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_PRIVATE, has_begun);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, routeros_curl_begin_tls) : code;
}

// Follows routeros_curl_watch_tls. The 32 bytes must stay where they are for as long as there are connections.
static inline CURLcode routeros_curl_set_pin(CURL *easy, unsigned char *pin) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, pin);
    // A resumed session would not be asked for its certificate.
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CAINFO, NULL);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    // The name is not asked about; libcurl itself still wants the callback's consent.
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L) : code;
}

#endif

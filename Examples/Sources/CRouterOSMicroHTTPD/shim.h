#ifndef CROUTEROSMICROHTTPD_SHIM_H
#define CROUTEROSMICROHTTPD_SHIM_H

#include <microhttpd.h>

// Swift cannot call variadic functions, and every entry point below is variadic.

/// The callbacks and limits of one server; `context` comes back as the first argument of every callback.
struct routeros_http_options {
    int listening_socket;
    unsigned int connection_limit;
    unsigned int connections_per_address;
    size_t connection_memory;
    unsigned int inactivity_seconds;
    void *context;
    MHD_NotifyConnectionCallback connection_changed;
    void *(*request_began)(void *context, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback request_advanced;
    MHD_RequestCompletedCallback request_completed;
};

/// Whether this library reads the lines of a head in place, as it did before 1.0.
static inline int routeros_http_parses_in_place(void) {
    return MHD_get_version()[0] == '0';
}

// Strictness of its own only where it is sound: before 1.0 it asks for a Host and for targets without blanks, which the
// second look does too, and writes the headers of its own refusal twice.
//
// Poll, not epoll: this version registers sockets edge-triggered and misses the end of a connection that comes with the
// last bytes of a broken request, which then holds its place until the inactivity timeout.
/// One internal thread, with connections that can be suspended.
static inline struct MHD_Daemon *routeros_http_start(const struct routeros_http_options *options) {
    return MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL,
        options->request_advanced, options->context,
        MHD_OPTION_LISTEN_SOCKET, options->listening_socket,
        MHD_OPTION_CONNECTION_LIMIT, options->connection_limit,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, options->connections_per_address,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory,
        MHD_OPTION_CONNECTION_TIMEOUT, options->inactivity_seconds,
        MHD_OPTION_STRICT_FOR_CLIENT, routeros_http_parses_in_place() ? 0 : 1,
        MHD_OPTION_NOTIFY_CONNECTION, options->connection_changed, options->context,
        MHD_OPTION_URI_LOG_CALLBACK, options->request_began, options->context,
        MHD_OPTION_NOTIFY_COMPLETED, options->request_completed, options->context,
        MHD_OPTION_END);
}

/// The owner that `connection_changed` stored for the connection, or NULL.
static inline void *routeros_http_owner(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

/// How many bytes the head of the connection's request has, from its method to the empty line inclusive; 0 before that.
static inline size_t routeros_http_head_size(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info == NULL ? 0 : info->header_size;
}

/// The connection's socket, or -1.
static inline int routeros_http_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

#endif

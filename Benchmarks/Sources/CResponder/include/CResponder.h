// A server that answers at once, to measure clients against.
#ifndef CRESPONDER_H
#define CRESPONDER_H

/// Serves the RouterOS API on a free port of 127.0.0.1, on a thread of its own, until the process ends; the port, or -1.
///
/// A command whose path ends in `/print` is answered with `rows` rows of hotspot users, `/add` with an id, and everything else
/// with `!done`, `/login` among it whatever the password.
int responder_start(int rows);

#endif

#ifndef CROUTEROSPOSTGRESQL_SHIM_H
#define CROUTEROSPOSTGRESQL_SHIM_H

#include <libpq-fe.h>

#endif

// The rows of a store written by bare loops over SQLite and libpq: what the databases allow.
#ifndef CSTORELIMIT_H
#define CSTORELIMIT_H

/// Reads whole tables of one SQLite file into memory, and then, timed, writes them into the tables of another, in one
/// transaction, a prepared statement for each table, durable as the store's own are.
///
/// `tables` is a list that ends with NULL, each table after what it refers to; `conditions` says for each which rows. The
/// nanoseconds it took, or -1; `rows` is how many were written.
long long limit_sqlite_copy(
    const char *from, const char *to, const char *const *tables, const char *const *conditions, long *rows);

/// The same with two PostgreSQL databases: a prepared statement executed for each row, sent in a pipeline, so that no row
/// waits for the answer to another.
long long limit_postgresql_copy(
    const char *from, const char *to, const char *const *tables, const char *const *conditions, long *rows);

/// Gives memory that was freed back to the system.
void limit_store_give_back(void);

#endif

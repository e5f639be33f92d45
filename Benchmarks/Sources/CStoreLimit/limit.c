#include "CStoreLimit.h"

#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#include <postgresql/libpq-fe.h>
#endif

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

void limit_store_give_back(void) { malloc_trim(0); }

// SQLite

struct table {
    sqlite3_value **values;
    long count, capacity;
    int columns;
    sqlite3_stmt *insert;
};

static int append(struct table *table, sqlite3_value *value) {
    if (table->count == table->capacity) {
        long capacity = table->capacity ? table->capacity * 2 : 1024;
        sqlite3_value **values = realloc(table->values, capacity * sizeof *values);
        if (!values) return 0;
        table->values = values;
        table->capacity = capacity;
    }
    table->values[table->count] = sqlite3_value_dup(value);
    return table->values[table->count++] != NULL;
}

static int load(sqlite3 *from, const char *name, const char *condition, struct table *table) {
    char sql[512];
    sqlite3_stmt *statement = NULL;
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE %s ORDER BY rowid", name, condition);
    if (sqlite3_prepare_v2(from, sql, -1, &statement, NULL) != SQLITE_OK) return 0;
    table->columns = sqlite3_column_count(statement);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        for (int column = 0; column < table->columns; column++)
            if (!append(table, sqlite3_column_value(statement, column))) code = SQLITE_NOMEM;
    sqlite3_finalize(statement);
    return code == SQLITE_DONE;
}

static int prepare(sqlite3 *to, const char *name, struct table *table) {
    char sql[2048];
    int length = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", name);
    for (int column = 1; column < table->columns && length < (int)sizeof sql - 8; column++)
        length += snprintf(sql + length, sizeof sql - length, ", ?");
    snprintf(sql + length, sizeof sql - length, ")");
    return sqlite3_prepare_v2(to, sql, -1, &table->insert, NULL) == SQLITE_OK;
}

static int put(struct table *table) {
    for (long row = 0; row < table->count; row += table->columns) {
        for (int column = 0; column < table->columns; column++)
            if (sqlite3_bind_value(table->insert, column + 1, table->values[row + column]) != SQLITE_OK) return 0;
        if (sqlite3_step(table->insert) != SQLITE_DONE) return 0;
        sqlite3_reset(table->insert);
    }
    return 1;
}

static int run(sqlite3 *database, const char *sql) { return sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK; }

long long limit_sqlite_copy(
    const char *from, const char *to, const char *const *tables, const char *const *conditions, long *rows) {
    struct table loaded[16] = {0};
    sqlite3 *source = NULL, *target = NULL;
    long long time = -1;
    int count = 0, good = 1;
    *rows = 0;
    good = sqlite3_open_v2(from, &source, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK
        && sqlite3_open_v2(to, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
        && run(target, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                       "PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768");
    for (; good && count < 16 && tables[count]; count++) {
        good = load(source, tables[count], conditions[count], &loaded[count])
            && prepare(target, tables[count], &loaded[count]);
        if (good && loaded[count].columns) *rows += loaded[count].count / loaded[count].columns;
    }
    if (good) {
        long long start = now();
        good = run(target, "BEGIN IMMEDIATE");
        for (int index = 0; good && index < count; index++) good = put(&loaded[index]);
        if (good && run(target, "COMMIT")) time = now() - start;
    }
    if (time < 0) fprintf(stderr, "SQLite: %s\n", target ? sqlite3_errmsg(target) : "no memory");
    for (int index = 0; index < 16; index++) {
        for (long value = 0; value < loaded[index].count; value++) sqlite3_value_free(loaded[index].values[value]);
        free(loaded[index].values);
        sqlite3_finalize(loaded[index].insert);
    }
    sqlite3_close(source);
    sqlite3_close(target);
    return time;
}

// PostgreSQL

// Executions in the pipeline between two synchronisations.
enum { PORTION = 1000 };

// Reads the answers to a portion; whether all of them are good.
static int drain(PGconn *connection) {
    int good = 1;
    for (;;) {
        PGresult *result = PQgetResult(connection);
        if (!result) {
            if (PQstatus(connection) != CONNECTION_OK) return 0;
            continue;
        }
        ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC) return good;
        if (status != PGRES_COMMAND_OK) good = 0;
    }
}

// Inserts the rows of a result; the answers to one portion are read while the next is under way.
static int insert_all(PGconn *target, const char *name, const PGresult *rows) {
    const char *values[128];
    int lengths[128], formats[128];
    int columns = PQnfields(rows), count = PQntuples(rows), waiting = 0, good = 1;
    for (int column = 0; column < 128; column++) formats[column] = 1;
    for (int row = 0; good && row < count; row++) {
        for (int column = 0; column < columns; column++) {
            int empty = PQgetisnull(rows, row, column);
            values[column] = empty ? NULL : PQgetvalue(rows, row, column);
            lengths[column] = empty ? 0 : PQgetlength(rows, row, column);
        }
        good = PQsendQueryPrepared(target, name, columns, values, lengths, formats, 1);
        if (good && ((row + 1) % PORTION == 0 || row + 1 == count)) {
            good = PQpipelineSync(target);
            if (good && ++waiting == 2) {
                good = drain(target);
                waiting--;
            }
        }
    }
    while (good && waiting-- > 0) good = drain(target);
    return good;
}

long long limit_postgresql_copy(
    const char *from, const char *to, const char *const *tables, const char *const *conditions, long *rows) {
    PGresult *loaded[16] = {0};
    long long time = -1;
    int count = 0, good = 1;
    char sql[4096], name[16];
    *rows = 0;
    PGconn *source = PQconnectdb(from), *target = PQconnectdb(to);
    good = PQstatus(source) == CONNECTION_OK && PQstatus(target) == CONNECTION_OK;
    for (; good && count < 16 && tables[count]; count++) {
        snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE %s", tables[count], conditions[count]);
        loaded[count] = PQexecParams(source, sql, 0, NULL, NULL, NULL, NULL, 1);
        good = PQresultStatus(loaded[count]) == PGRES_TUPLES_OK && PQnfields(loaded[count]) <= 128;
        if (!good) break;
        int length = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES ($1", tables[count]);
        for (int column = 1; column < PQnfields(loaded[count]); column++)
            length += snprintf(sql + length, sizeof sql - length, ", $%d", column + 1);
        snprintf(sql + length, sizeof sql - length, ")");
        snprintf(name, sizeof name, "insert%d", count);
        PGresult *prepared = PQprepare(target, name, sql, 0, NULL);
        good = PQresultStatus(prepared) == PGRES_COMMAND_OK;
        PQclear(prepared);
        *rows += PQntuples(loaded[count]);
    }
    if (good) {
        long long start = now();
        PQclear(PQexec(target, "BEGIN"));
        good = PQenterPipelineMode(target);
        for (int index = 0; good && index < count; index++) {
            snprintf(name, sizeof name, "insert%d", index);
            good = insert_all(target, name, loaded[index]);
        }
        good = good && PQexitPipelineMode(target);
        PGresult *end = good ? PQexec(target, "COMMIT") : NULL;
        if (end && PQresultStatus(end) == PGRES_COMMAND_OK) time = now() - start;
        PQclear(end);
    }
    if (time < 0) fprintf(stderr, "PostgreSQL: %s%s\n", PQerrorMessage(source), PQerrorMessage(target));
    for (int index = 0; index < 16; index++) PQclear(loaded[index]);
    PQfinish(source);
    PQfinish(target);
    return time;
}

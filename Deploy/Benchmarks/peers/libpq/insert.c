/* What a program can store in PostgreSQL at most: leads of many clients, in statements of many rows.
 *
 *   insert URL TABLE CLIENTS CONNECTIONS ROWS SECONDS
 *
 * Each of CLIENTS clients has one lead stored at a time, and the next as soon as that is committed. A free
 * one of CONNECTIONS connections takes up to ROWS of the leads that wait, a power of two of them, and stores
 * them by one prepared statement, which is a transaction: one message there, one back. Then clients are
 * answered.
 *
 * TABLE is a copy of the table of leads, with its columns and indexes. Columns have values by their names
 * where those mean something here, otherwise NULL, an empty text, 0 or false. Nothing else is written: no
 * change, no words to search by; nothing is read or checked, and clients are not on sockets. That is the
 * point: a service can come near this, not beyond it.
 *
 * Prints how many leads a second were stored, how long a client waited, and how many rows a statement had.
 */
#define _GNU_SOURCE
#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_COLUMNS = 96, MAX_ROWS = 256, MAX_CLIENTS = 4096, MAX_CONNECTIONS = 128, VALUE_SIZE = 64 };

/* Numbers of types in the catalogue, which are the same everywhere. */
enum { BOOL = 16, BYTEA = 17, INT8 = 20, TEXT = 25 };

typedef enum { IS_NULL, IS_FIXED, IS_ID, IS_EMAIL, IS_TIME } Content;

typedef struct {
    char name[64];
    Oid type;
    Content content;
    const char *value;              /* of IS_FIXED */
    int size;
} Column;

typedef struct {
    PGconn *connection;
    int count;                      /* leads under way; 0 when it is free */
    int is_sending;                 /* a part of the statement is not sent yet */
    int clients[MAX_ROWS];
} Worker;

static Column columns[MAX_COLUMNS];
static int column_count;
static Worker workers[MAX_CONNECTIONS];
static int worker_count;
static int waiting[MAX_CLIENTS], waiting_count; /* clients whose leads no connection has */
static int64_t asked[MAX_CLIENTS];              /* when they asked, in microseconds */
static int64_t *times;                          /* how long they waited */
static size_t time_count, time_capacity;
static long statement_count, lead_count, run_number;

static void die(const char *what, const char *why) {
    fprintf(stderr, "insert: %s: %s\n", what, why);
    exit(1);
}

static int64_t microseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- the table ------------------------------------------------------------------------------------- */

/* As long as those of the leads that others are measured with. */
static const struct {
    const char *name, *value;
    int size;
} known[] = {
    {"tenant_id", "0123456789abcdef", 16},
    {"version", "\0\0\0\0\0\0\0\1", 8},
    {"last_name", "Doe", 3},
    {"last_name_key", "1KA\1\7\1\7", 7},
    {"display_name", "Doe", 3},
    {"display_name_key", "1KA\1\7\1\7", 7},
    {"company_name", "Acme Ltd", 8},
    {"company_name_key", "+/CA\4?S1\1\14\1\14", 12},
    {"status", "new", 3},
    {"score", "\0\0\0\0\0\0\0\24", 8},
    {"band", "cold", 4},
    {"owner_id", "0123456789abcdef", 16},
    {"created_by", "member_01hzy3v6x2k8e9q4t7m5n0p1rs", 33},
    {"updated_by", "member_01hzy3v6x2k8e9q4t7m5n0p1rs", 33},
};

static void choose_content(Column *column, int is_required) {
    const char *name = column->name;
    column->content = IS_FIXED;
    column->value = "\0\0\0\0\0\0\0";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(name, known[i].name)) {
            column->value = known[i].value;
            column->size = known[i].size;
            return;
        }
    if (!strcmp(name, "id")) column->content = IS_ID;
    else if (!strcmp(name, "email") || !strcmp(name, "email_folded")) column->content = IS_EMAIL;
    else if (!strcmp(name, "create_time") || !strcmp(name, "update_time")) column->content = IS_TIME;
    else if (!is_required) column->content = IS_NULL;
    else if (column->type == TEXT || column->type == BYTEA) column->size = 0;
    else if (column->type == INT8) column->size = 8;
    else if (column->type == BOOL) column->size = 1;
    else die(name, "has a type of which no value is known here");
}

static void read_columns(PGconn *connection, const char *table) {
    PGresult *found = PQexecParams(
        connection,
        "SELECT attname, atttypid, attnotnull FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        1, NULL, &table, NULL, NULL, 0);
    if (PQresultStatus(found) != PGRES_TUPLES_OK) die(table, PQerrorMessage(connection));
    column_count = PQntuples(found);
    if (column_count == 0 || column_count > MAX_COLUMNS) die(table, "has no columns, or too many");
    for (int i = 0; i < column_count; i++) {
        Column *column = &columns[i];
        snprintf(column->name, sizeof column->name, "%s", PQgetvalue(found, i, 0));
        column->type = (Oid)atoi(PQgetvalue(found, i, 1));
        choose_content(column, *PQgetvalue(found, i, 2) == 't');
    }
    PQclear(found);
}

/* A statement for each power of two up to `rows`, named by it. */
static void prepare(PGconn *connection, const char *table, int rows) {
    Oid types[MAX_COLUMNS * MAX_ROWS];
    for (int count = 1; count <= rows; count *= 2) {
        char *text, name[16];
        size_t size;
        FILE *out = open_memstream(&text, &size);
        fprintf(out, "INSERT INTO %s (", table);
        for (int i = 0; i < column_count; i++) fprintf(out, "%s\"%s\"", i ? ", " : "", columns[i].name);
        fputs(") VALUES ", out);
        for (int row = 0, number = 0; row < count; row++) {
            fputs(row ? ", (" : "(", out);
            for (int i = 0; i < column_count; i++, number++) {
                fprintf(out, "%s$%d", i ? ", " : "", number + 1);
                types[number] = columns[i].type;
            }
            fputc(')', out);
        }
        fclose(out);
        snprintf(name, sizeof name, "%d", count);
        PGresult *done = PQprepare(connection, name, text, count * column_count, types);
        if (PQresultStatus(done) != PGRES_COMMAND_OK) die(table, PQerrorMessage(connection));
        PQclear(done);
        free(text);
    }
}

/* ---- leads ----------------------------------------------------------------------------------------- */

/* Sends the leads of `count` clients, those first who asked first. */
static void send_leads(Worker *worker, int count) {
    static const char *values[MAX_COLUMNS * MAX_ROWS];
    static int sizes[MAX_COLUMNS * MAX_ROWS], formats[MAX_COLUMNS * MAX_ROWS];
    static char made[MAX_ROWS][3][VALUE_SIZE];
    int number = 0;
    uint64_t now = (uint64_t)microseconds(CLOCK_REALTIME), wire_time = htobe64(now);
    for (int row = 0; row < count; row++) {
        char *id = made[row][0], *email = made[row][1], *time = made[row][2];
        /* Ids in the order of creation, as the service makes them. */
        uint64_t parts[2] = {htobe64(now), htobe64((uint64_t)++lead_count)};
        memcpy(id, parts, sizeof parts);
        memcpy(time, &wire_time, sizeof wire_time);
        int email_size = snprintf(email, VALUE_SIZE, "u%ld.%ld@example.com", run_number, lead_count);
        for (int i = 0; i < column_count; i++, number++) {
            const Column *column = &columns[i];
            formats[number] = 1;
            switch (column->content) {
            case IS_NULL: values[number] = NULL; sizes[number] = 0; break;
            case IS_FIXED: values[number] = column->value; sizes[number] = column->size; break;
            case IS_ID: values[number] = id; sizes[number] = sizeof parts; break;
            case IS_EMAIL: values[number] = email; sizes[number] = email_size; break;
            case IS_TIME: values[number] = time; sizes[number] = sizeof wire_time; break;
            }
        }
        worker->clients[row] = waiting[row];
    }
    waiting_count -= count;
    memmove(waiting, waiting + count, sizeof *waiting * (size_t)waiting_count);
    char name[16];
    snprintf(name, sizeof name, "%d", count);
    if (!PQsendQueryPrepared(worker->connection, name, number, values, sizes, formats, 0))
        die("sending", PQerrorMessage(worker->connection));
    worker->count = count;
    worker->is_sending = 1;
    statement_count++;
}

static void flush(Worker *worker) {
    int left = PQflush(worker->connection);
    if (left < 0) die("sending", PQerrorMessage(worker->connection));
    worker->is_sending = left;
}

static void ask(int client) {
    asked[client] = microseconds(CLOCK_MONOTONIC);
    waiting[waiting_count++] = client;
}

/* Answers the clients of a statement that is committed. */
static void receive(Worker *worker) {
    PGconn *connection = worker->connection;
    if (!PQconsumeInput(connection)) die("receiving", PQerrorMessage(connection));
    while (worker->count && !PQisBusy(connection)) {
        PGresult *done = PQgetResult(connection);
        if (done) {
            if (PQresultStatus(done) != PGRES_COMMAND_OK) die("a statement", PQerrorMessage(connection));
            PQclear(done);
            continue;
        }
        int64_t now = microseconds(CLOCK_MONOTONIC);
        for (int i = 0; i < worker->count; i++) {
            if (time_count == time_capacity) {
                time_capacity = time_capacity ? time_capacity * 2 : 1 << 16;
                times = realloc(times, time_capacity * sizeof *times);
                if (!times) die("times", "there is no memory");
            }
            times[time_count++] = now - asked[worker->clients[i]];
            ask(worker->clients[i]);
        }
        worker->count = 0;
    }
}

/* Stores leads until the time is over; those under way then are not counted. */
static void run(int rows, int64_t until) {
    struct pollfd polled[MAX_CONNECTIONS];
    while (microseconds(CLOCK_MONOTONIC) < until) {
        for (int i = 0; i < worker_count && waiting_count; i++) {
            if (workers[i].count) continue;
            int count = 1;
            while (count * 2 <= rows && count * 2 <= waiting_count) count *= 2;
            send_leads(&workers[i], count);
            flush(&workers[i]);
        }
        for (int i = 0; i < worker_count; i++) {
            polled[i].fd = PQsocket(workers[i].connection);
            polled[i].events = POLLIN | (workers[i].is_sending ? POLLOUT : 0);
        }
        if (poll(polled, (nfds_t)worker_count, 1000) < 0) die("poll", "failed");
        for (int i = 0; i < worker_count; i++) {
            if (!workers[i].count) continue;
            if (workers[i].is_sending) flush(&workers[i]);
            if (polled[i].revents & ~POLLOUT) receive(&workers[i]);
        }
    }
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int number(const char *text, int most) {
    int value = atoi(text);
    if (value < 1 || value > most) die(text, "is not a number that is possible here");
    return value;
}

int main(int count, char **arguments) {
    if (count != 7) die("usage", "insert URL TABLE CLIENTS CONNECTIONS ROWS SECONDS");
    const char *url = arguments[1], *table = arguments[2];
    int clients = number(arguments[3], MAX_CLIENTS), rows = number(arguments[5], MAX_ROWS);
    int64_t seconds = number(arguments[6], 3600);
    worker_count = number(arguments[4], MAX_CONNECTIONS);
    run_number = (long)(microseconds(CLOCK_REALTIME) % 1000000000);
    for (int i = 0; i < worker_count; i++) {
        PGconn *connection = workers[i].connection = PQconnectdb(url);
        if (PQstatus(connection) != CONNECTION_OK) die("connecting", PQerrorMessage(connection));
        if (i == 0) read_columns(connection, table);
        if (column_count * rows > 65535) die(arguments[5], "is more rows than a statement may have");
        prepare(connection, table, rows);
        PQsetnonblocking(connection, 1);
    }
    int64_t begin = microseconds(CLOCK_MONOTONIC);
    for (int i = 0; i < clients; i++) ask(i);
    run(rows, begin + seconds * 1000000);
    double took = (double)(microseconds(CLOCK_MONOTONIC) - begin) / 1e6;
    if (!time_count) die("leads", "none was stored");
    qsort(times, time_count, sizeof *times, by_size);
    printf("%.0f leads a second, p50 %.2f ms, p99 %.2f ms; %.1f rows a statement\n",
           (double)time_count / took, (double)times[time_count / 2] / 1e3,
           (double)times[time_count * 99 / 100] / 1e3, (double)lead_count / (double)statement_count);
    return 0;
}

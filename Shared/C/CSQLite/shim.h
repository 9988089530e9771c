#pragma once
#include <sqlite3.h>
#include <stddef.h>

// What Swift cannot import: macros with casts, and functions with a variable number of arguments.

static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
  // A null pointer would bind NULL instead of no characters.
  return sqlite3_bind_text(statement, index, text ? text : "", count, SQLITE_TRANSIENT);
}

static inline int csqlite_bind_blob(
    sqlite3_stmt *statement, int index, const void *bytes, int count) {
  // A null pointer would bind NULL instead of no bytes.
  return count == 0 ? sqlite3_bind_zeroblob(statement, index, 0)
                    : sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}

static inline void csqlite_result_blob(sqlite3_context *context, const void *bytes, int count) {
  sqlite3_result_blob(context, bytes, count, SQLITE_TRANSIENT);
}

static inline void csqlite_result_text(sqlite3_context *context, const void *text, int count) {
  // A null pointer would be NULL instead of no characters.
  sqlite3_result_text(context, text ? (const char *)text : "", count, SQLITE_TRANSIENT);
}

/// Sets a switch (SQLITE_DBCONFIG_...) of a connection to 0 or 1.
static inline int csqlite_configure(sqlite3 *connection, int option, int value) {
  return sqlite3_db_config(connection, option, value, (int *)0);
}

static const int csqlite_constraint_unique = SQLITE_CONSTRAINT_UNIQUE;
static const int csqlite_constraint_primary_key = SQLITE_CONSTRAINT_PRIMARYKEY;

/// Whether `needle` is somewhere in `bytes`.
static inline int csqlite_contains(
    const void *bytes, size_t count, const void *needle, size_t needle_count) {
  // glibc has it; its header shows it only to programs that ask for all of GNU.
  extern void *memmem(const void *, size_t, const void *, size_t);
  return memmem(bytes, count, needle, needle_count) != NULL;
}

/// Settings of the library. Before its first use; 0 when they were taken.
///
/// SQLite does not count its memory, which takes a lock at each allocation. What a savepoint could undo
/// is kept in memory up to `savepoint_bytes`, in one piece: of many small ones, as SQLite makes them for what
/// always stays in memory, it walks all at the end of each savepoint.
static inline int csqlite_configure_library(int savepoint_bytes) {
  int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return code ? code : sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, savepoint_bytes);
}

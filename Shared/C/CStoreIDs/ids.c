#include "CStoreIDs.h"

#include <string.h>

/* An eponymous virtual table (https://sqlite.org/vtab.html#epovtab). Its hidden column takes the
   blob; SQLite keeps the argument alive for the time of a scan, the cursor has a copy. */

enum { id_size = 16, column_id = 0, column_set = 1 };

typedef struct {
  sqlite3_vtab_cursor base;
  unsigned char *bytes;
  sqlite3_int64 count;
  sqlite3_int64 index;
} Cursor;

static int connect_table(sqlite3 *database, void *context, int argc, const char *const *argv,
                         sqlite3_vtab **table, char **error) {
  (void)context, (void)argc, (void)argv, (void)error;
  int code = sqlite3_declare_vtab(database, "CREATE TABLE x(id BLOB, ids HIDDEN)");
  if (code != SQLITE_OK) return code;
  sqlite3_vtab_config(database, SQLITE_VTAB_INNOCUOUS);
  *table = sqlite3_malloc(sizeof(sqlite3_vtab));
  if (*table == NULL) return SQLITE_NOMEM;
  memset(*table, 0, sizeof(sqlite3_vtab));
  return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

static int plan(sqlite3_vtab *table, sqlite3_index_info *info) {
  (void)table;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    if (constraint->iColumn != column_set || constraint->op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (!constraint->usable) return SQLITE_CONSTRAINT;
    info->aConstraintUsage[i].argvIndex = 1;
    info->aConstraintUsage[i].omit = 1;
    info->estimatedCost = 1;
    info->estimatedRows = 10;
    return SQLITE_OK;
  }
  /* Without a set there is nothing to give. */
  info->estimatedCost = 1e9;
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
  (void)table;
  Cursor *opened = sqlite3_malloc(sizeof(Cursor));
  if (opened == NULL) return SQLITE_NOMEM;
  memset(opened, 0, sizeof(Cursor));
  *cursor = &opened->base;
  return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor) {
  sqlite3_free(((Cursor *)cursor)->bytes);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int begin(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                 sqlite3_value **argv) {
  (void)number, (void)text;
  Cursor *cursor = (Cursor *)base;
  sqlite3_free(cursor->bytes);
  cursor->bytes = NULL;
  cursor->count = 0;
  cursor->index = 0;
  if (argc < 1 || sqlite3_value_type(argv[0]) != SQLITE_BLOB) return SQLITE_OK;
  int size = sqlite3_value_bytes(argv[0]) / id_size * id_size;
  if (size == 0) return SQLITE_OK;
  cursor->bytes = sqlite3_malloc(size);
  if (cursor->bytes == NULL) return SQLITE_NOMEM;
  memcpy(cursor->bytes, sqlite3_value_blob(argv[0]), (size_t)size);
  cursor->count = size / id_size;
  return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base) {
  ((Cursor *)base)->index++;
  return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)base;
  return cursor->index >= cursor->count;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int number) {
  Cursor *cursor = (Cursor *)base;
  if (number == column_id) {
    sqlite3_result_blob(context, cursor->bytes + cursor->index * id_size, id_size,
                        SQLITE_TRANSIENT);
  }
  return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *number) {
  *number = ((Cursor *)base)->index;
  return SQLITE_OK;
}

static const sqlite3_module ids_module = {
    .iVersion = 0,
    .xConnect = connect_table,
    .xBestIndex = plan,
    .xDisconnect = disconnect_table,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = begin,
    .xNext = next,
    .xEof = at_end,
    .xColumn = column,
    .xRowid = row_id,
};

int cstore_register_ids(sqlite3 *database) {
  return sqlite3_create_module_v2(database, "mesh_ids", &ids_module, NULL, NULL);
}

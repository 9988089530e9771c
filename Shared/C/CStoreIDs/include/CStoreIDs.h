#ifndef CSTOREIDS_H
#define CSTOREIDS_H

#include <sqlite3.h>

/// Registers the table-valued function `mesh_ids(blob)` with a connection: a row for each 16 bytes of
/// the blob, in its column `id`. So a set of ids binds as one parameter.
///
/// Returns SQLite's result code.
int cstore_register_ids(sqlite3 *database);

#endif

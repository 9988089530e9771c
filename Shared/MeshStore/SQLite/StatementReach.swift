import CSQLite

/// What a statement may touch, asked by SQLite itself for every table and column it resolves.
///
/// It stands behind `TenantScope`: were a statement to get past the rewriting, it would still not
/// be prepared if it named a table directly that it is not to write.
enum StatementReach: Equatable {
  /// The store's own statements.
  case everything
  /// Rows of the current tenant; `written` are the tables that may be reached past their views: the
  /// one written to, and those that its foreign keys lead to and from. One that `searches` also reaches
  /// the text index.
  case tenant(written: Set<String>, searches: Bool)
  /// Rows of every tenant, but neither definitions nor settings.
  case rows
}

/// The tables of a database as far as scoping is concerned.
struct TableCatalog: Equatable {
  /// Tables whose rows each belong to a tenant.
  var tenantTables: Set<String> = []
  /// All other tables of the service.
  var sharedTables: Set<String> = []
  /// For each table, those that a foreign key's check or action may touch when it is written.
  var neighbours: [String: Set<String>] = [:]
}

/// Answers SQLite's authorizer for one connection.
final class SQLiteAuthorizer {
  /// What the statement being prepared or run may touch.
  var reach = StatementReach.everything
  var catalog = TableCatalog()

  /// One access that SQLite asks about.
  struct Access {
    let action: Int32
    let table: String?
    /// The column, or the function.
    let column: String?
    let database: String?
    /// The innermost view or common table that the access is part of.
    let view: String?
  }

  func allows(_ access: Access) -> Bool {
    switch reach {
    case .everything: return true
    case .rows: return allowsRows(access)
    case .tenant(let written, let searches):
      return searches && isOfIndex(access) || allowsTenant(access, written: written)
    }
  }

  private func allowsRows(_ access: Access) -> Bool {
    switch access.action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: true
    case SQLITE_FUNCTION: access.column != "load_extension"
    case SQLITE_READ, SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
      !(access.table ?? "").hasPrefix("sqlite_")
    default: false
    }
  }

  private func allowsTenant(_ access: Access, written: Set<String>) -> Bool {
    let table = (access.table ?? "").lowercased()
    switch access.action {
    case SQLITE_SELECT, SQLITE_RECURSIVE:
      return true
    case SQLITE_FUNCTION:
      return access.column != "load_extension"
    case SQLITE_READ:
      return allowsRead(of: table, access, written: written)
    case SQLITE_INSERT, SQLITE_DELETE:
      return written.contains(table)
    case SQLITE_UPDATE:
      return written.contains(table) && access.column?.lowercased() != "tenant_id"
    default:
      return false
    }
  }

  private func allowsRead(
    of table: String,
    _ access: Access,
    written: Set<String>
  ) -> Bool {
    let isScoped = catalog.tenantTables.contains(table) || StoreTables.scoped.contains(table)
    switch access.database {
    case "main":
      return written.contains(table) || access.view?.lowercased() == table && isScoped
    case "temp":
      return isScoped
    default:
      // A table none of whose columns are used, or a common table expression of that name.
      return !catalog.sharedTables.contains(table) && !table.hasPrefix("sqlite_")
    }
  }

  /// What FTS5 does by itself to answer a search.
  ///
  /// Its tables hold nothing to read but row numbers. Connecting it parses a CREATE TABLE, which asks
  /// to write the schema but never does. The scanner keeps all of these from being named.
  private func isOfIndex(_ access: Access) -> Bool {
    switch (access.action, access.table ?? "") {
    case (SQLITE_READ, let table):
      table == StoreTables.ids || table == SearchTables.index
        || table.hasPrefix(SearchTables.index + "_")
        || table == "sqlite_master"
    case (SQLITE_UPDATE, let table): table == "sqlite_master"
    case (SQLITE_PRAGMA, let pragma): pragma == "data_version"
    default: false
    }
  }
}

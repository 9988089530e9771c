import CSQLite

/// What a statement may touch, asked by SQLite itself for every table and column it resolves.
///
/// It stands behind `TenantScope`: were a statement to get past the rewriting, it would still not
/// be prepared if it named a table directly that it is not to write.
enum StatementReach: Equatable {
  /// The store's own statements.
  case everything
  /// Rows of the current tenant; `written` are the tables that may be reached past their views: the
  /// one written to, and those that its foreign keys lead to and from.
  case tenant(written: Set<String>)
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
    case .tenant(let written): return allowsTenant(access, written: written)
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
    // The text index holds nothing to read but row numbers; the scanner keeps its parts unnamed.
    if table == SearchTables.index || table.hasPrefix(SearchTables.index + "_") { return true }
    switch access.database {
    case "main":
      return written.contains(table)
        || access.view?.lowercased() == table && catalog.tenantTables.contains(table)
    case "temp":
      return catalog.tenantTables.contains(table)
    default:
      // A table none of whose columns are used, or a common table expression of that name.
      return !catalog.sharedTables.contains(table) && !table.hasPrefix("sqlite_")
    }
  }
}

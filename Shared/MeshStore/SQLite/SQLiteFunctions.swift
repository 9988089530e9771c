import CSQLite
import MeshCore

/// The functions that statements have beside SQLite's own.
enum SQLiteFunctions {
  private static let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS

  /// Registers them with a connection, which keeps `tenant` as long as it lives.
  static func register(on connection: OpaquePointer, _ tenant: CurrentTenant) {
    sqlite3_create_function_v2(
      connection,
      "current_tenant",
      0,
      flags,
      Unmanaged.passUnretained(tenant).toOpaque(),
      { context, _, _ in
        guard let pointer = sqlite3_user_data(context) else { return }
        Unmanaged<CurrentTenant>.fromOpaque(pointer).takeUnretainedValue().answer(context)
      },
      nil,
      nil,
      nil
    )
    sqlite3_create_function_v2(
      connection,
      "mesh_month",
      1,
      flags,
      nil,
      { context, _, arguments in
        guard let value = arguments?[0], sqlite3_value_type(value) == SQLITE_INTEGER else { return }
        let month = SQLiteFunctions.month(microseconds: sqlite3_value_int64(value))
        csqlite_result_text(context, month, Int32(month.utf8.count))
      },
      nil,
      nil,
      nil
    )
    SearchMatching.register(on: connection, flags: flags)
    LooseForm.register(on: connection, flags: flags)
  }

  /// The month, as `2026-01` in UTC, of a time since 1970.
  private static func month(microseconds: Int64) -> String {
    String(Timestamp(microseconds: microseconds).utcDate.description.prefix(7))
  }
}

/// The tenant of the transaction that a connection runs.
final class CurrentTenant {
  var bytes: [UInt8]?

  func answer(_ context: OpaquePointer?) {
    guard let bytes else {
      sqlite3_result_error(context, "no tenant is set", -1)
      return
    }
    csqlite_result_blob(context, bytes, Int32(bytes.count))
  }
}

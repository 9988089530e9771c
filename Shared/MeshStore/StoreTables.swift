import MeshCore
import MeshCrypto

/// The tables that the store itself keeps beside those of the service.
enum StoreTables {
  /// Marks a SQLite file as a store of Leadmesh: `LDMH`.
  static let applicationID: Int64 = 0x4c44_4d48

  /// The scripts that bring a file up to date; how many were run is kept in `user_version`.
  static func scripts(_ dialect: Dialect) -> [String] {
    [
      """
      CREATE TABLE mesh_settings (
        name TEXT NOT NULL PRIMARY KEY,
        value BYTEA NOT NULL
      );
      CREATE TABLE mesh_migrations (
        number BIGINT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        checksum BYTEA NOT NULL,
        time BIGINT NOT NULL
      );
      CREATE TABLE mesh_changes (
        sequence \(dialect.sequenceColumn),
        tenant_id BYTEA NOT NULL,
        actor TEXT NOT NULL,
        on_behalf_of TEXT,
        action TEXT NOT NULL,
        object TEXT NOT NULL,
        object_id TEXT NOT NULL,
        before_value BYTEA,
        after_value BYTEA,
        request_id TEXT NOT NULL,
        address TEXT NOT NULL,
        agent TEXT NOT NULL,
        time BIGINT NOT NULL
      );
      CREATE TABLE mesh_cursors (
        feed TEXT NOT NULL PRIMARY KEY,
        sequence BIGINT NOT NULL
      );
      CREATE TABLE mesh_requests (
        tenant_id BYTEA NOT NULL,
        actor TEXT NOT NULL,
        request_key TEXT NOT NULL,
        method TEXT NOT NULL,
        request_hash BYTEA NOT NULL,
        response BYTEA NOT NULL,
        time BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, actor, request_key)
      );
      CREATE INDEX mesh_requests_time ON mesh_requests (time);
      """,
      SearchTables.script(dialect),
      recordTables,
      operationTables,
      replicaTable,
      "ALTER TABLE mesh_changes ADD COLUMN is_partial BOOLEAN NOT NULL DEFAULT FALSE;",
      feedTables(dialect),
      "ALTER TABLE mesh_shares ADD COLUMN begin_time BIGINT NOT NULL DEFAULT 0;",
      SearchTables.partsScript(dialect),
      dialect.searchQueue,
      commandTable(dialect),
      timerTable,
    ]
  }

  /// How far other services' logs were taken, and the changes in them that could not be applied.
  ///
  /// Places by number, which know of no epoch, are given up: their consumers begin from a snapshot.
  private static func feedTables(_ dialect: Dialect) -> String {
    """
    DROP TABLE mesh_cursors;
    CREATE TABLE mesh_cursors (
      feed TEXT NOT NULL PRIMARY KEY,
      cursor TEXT NOT NULL
    );
    CREATE TABLE mesh_dead_letters (
      number \(dialect.sequenceColumn),
      feed TEXT NOT NULL,
      tenant_id BYTEA,
      object TEXT NOT NULL,
      object_id TEXT NOT NULL,
      change BYTEA NOT NULL,
      error TEXT NOT NULL,
      attempts BIGINT NOT NULL,
      time BIGINT NOT NULL
    );
    CREATE INDEX mesh_dead_letters_record
      ON mesh_dead_letters (feed, object_id, object, tenant_id, number);
    """
  }

  /// Work across services that was started here.
  private static func commandTable(_ dialect: Dialect) -> String {
    """
    CREATE TABLE mesh_commands (
      number \(dialect.sequenceColumn),
      tenant_id BYTEA NOT NULL,
      command_id BYTEA NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      actor TEXT NOT NULL,
      on_behalf_of TEXT,
      request_id TEXT NOT NULL,
      address TEXT NOT NULL,
      agent TEXT NOT NULL,
      create_time BIGINT NOT NULL,
      status BIGINT NOT NULL,
      step TEXT NOT NULL,
      state BYTEA NOT NULL,
      attempts BIGINT NOT NULL,
      error TEXT NOT NULL,
      is_held BOOLEAN NOT NULL,
      due_time BIGINT NOT NULL,
      version BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX mesh_commands_id ON mesh_commands (tenant_id, command_id);
    CREATE UNIQUE INDEX mesh_commands_subject ON mesh_commands (tenant_id, kind, subject)
      WHERE subject <> '' AND status IN (1, 2, 5);
    CREATE INDEX mesh_commands_due ON mesh_commands (status, due_time);
    """
  }

  /// What is to be done at a moment to come: found by whose it is, and among those of all tenants.
  private static let timerTable =
    """
    CREATE TABLE mesh_timers (
      tenant_id BYTEA NOT NULL,
      name TEXT NOT NULL,
      timer_key TEXT NOT NULL,
      due BIGINT NOT NULL,
      payload BYTEA NOT NULL,
      status BIGINT NOT NULL,
      wake_time BIGINT NOT NULL,
      attempts BIGINT NOT NULL,
      error TEXT NOT NULL,
      PRIMARY KEY (tenant_id, name, timer_key)
    );
    CREATE INDEX mesh_timers_tenant ON mesh_timers (tenant_id, status, wake_time);
    CREATE INDEX mesh_timers_due ON mesh_timers (status, wake_time, tenant_id);
    """

  /// Other services' records that this one keeps a copy of.
  private static let replicaTable =
    """
    CREATE TABLE mesh_replicas (
      tenant_id BYTEA NOT NULL,
      service TEXT NOT NULL,
      object TEXT NOT NULL,
      record_id BYTEA NOT NULL,
      record BYTEA NOT NULL,
      PRIMARY KEY (tenant_id, service, object, record_id)
    );
    """

  /// What MeshRecords keeps beside the records: deleted ones, and who they are shared with.
  private static let recordTables =
    """
    CREATE TABLE mesh_deleted (
      tenant_id BYTEA NOT NULL,
      object TEXT NOT NULL,
      record_id BYTEA NOT NULL,
      record BYTEA NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (tenant_id, object, record_id)
    );
    CREATE INDEX mesh_deleted_time ON mesh_deleted (tenant_id, time);
    CREATE TABLE mesh_shares (
      tenant_id BYTEA NOT NULL,
      object TEXT NOT NULL,
      record_id BYTEA NOT NULL,
      grantee_id BYTEA NOT NULL,
      is_participant BOOLEAN NOT NULL,
      level BIGINT NOT NULL,
      expire_time BIGINT,
      PRIMARY KEY (tenant_id, object, grantee_id, record_id, is_participant)
    );
    CREATE INDEX mesh_shares_record ON mesh_shares (tenant_id, object, record_id, grantee_id);
    CREATE INDEX mesh_changes_record ON mesh_changes (tenant_id, object, object_id, sequence);
    """

  /// Operations on many records, and the records of each.
  private static let operationTables =
    """
    CREATE TABLE mesh_operations (
      tenant_id BYTEA NOT NULL,
      operation_id BYTEA NOT NULL,
      object TEXT NOT NULL,
      action TEXT NOT NULL,
      state BIGINT NOT NULL,
      total BIGINT NOT NULL,
      position BIGINT NOT NULL,
      done BIGINT NOT NULL,
      failed BIGINT NOT NULL,
      undone BIGINT NOT NULL,
      undo_failed BIGINT NOT NULL,
      actor TEXT NOT NULL,
      on_behalf_of TEXT,
      roles TEXT NOT NULL,
      request_id TEXT NOT NULL,
      address TEXT NOT NULL,
      agent TEXT NOT NULL,
      mask TEXT NOT NULL,
      draft BYTEA NOT NULL,
      create_time BIGINT NOT NULL,
      end_time BIGINT,
      PRIMARY KEY (tenant_id, operation_id)
    );
    CREATE INDEX mesh_operations_state ON mesh_operations (state, create_time);
    CREATE INDEX mesh_operations_age ON mesh_operations (tenant_id, create_time);
    CREATE TABLE mesh_operation_items (
      tenant_id BYTEA NOT NULL,
      operation_id BYTEA NOT NULL,
      item BIGINT NOT NULL,
      record_id BYTEA NOT NULL,
      outcome BIGINT NOT NULL,
      change_sequence BIGINT,
      reason TEXT NOT NULL,
      error TEXT NOT NULL,
      PRIMARY KEY (tenant_id, operation_id, item)
    );
    """

  /// Tables of the store that statements may read, through a view of the current tenant's rows.
  static let scoped: Set = [SearchTables.documents, "mesh_shares"]

  /// The table-valued function that takes a set of ids.
  static let ids = "mesh_ids"

  /// Names of the store's that a statement may contain which the store takes part in writing.
  static let readable = SearchTables.readable.union(scoped).union([ids])

  /// Makes or updates the store's tables in `connection`, and claims the file for `service`.
  ///
  /// - Throws: `.cannotOpen` when the file is another service's, or of a newer release.
  static func prepare(
    _ connection: some StoreConnection,
    _ configuration: StoreConfiguration
  ) throws(StoreError) {
    func refuse(_ reason: String) -> StoreError {
      .cannotOpen(path: configuration.place, reason: reason)
    }
    var scripts = scripts(connection.dialect)
    if let end = configuration.end {
      guard end.storeVersion <= scripts.count else { throw refuse(SchemaEnd.newer) }
      scripts = Array(scripts.prefix(end.storeVersion))
    }
    try connection.inTransaction { () throws(StoreError) in
      let done = try connection.storeVersion()
      guard done <= scripts.count else {
        throw refuse("a newer release has changed it; start that release or a newer one")
      }
      guard done == scripts.count || configuration.migrates else {
        throw refuse("its tables are those of an earlier release; start with migrations first")
      }
      for script in scripts.dropFirst(done) { try connection.execute(script: script) }
      if done < scripts.count { try connection.setStoreVersion(scripts.count) }
      let owner = try setting("service", else: Array(configuration.service.utf8), connection)
      guard owner == Array(configuration.service.utf8) else {
        throw refuse("it belongs to the service \(String(decoding: owner, as: UTF8.self))")
      }
      let transient = Array(configuration.transient.sorted().joined(separator: "\n").utf8)
      _ = try setting("transient", else: transient, renewed: true, connection)
    }
  }

  /// The value kept under `name`; `value()` is kept there first if there is none, or it is `renewed`.
  static func setting(
    _ name: String,
    else value: @autoclosure () -> [UInt8],
    renewed: Bool = false,
    _ connection: any StoreConnection
  ) throws(StoreError) -> [UInt8] {
    let query: SQL = "SELECT value FROM main.mesh_settings WHERE name = \(name)"
    let found = try connection.rows(query) { (row) throws(StoreError) in try row.next([UInt8].self)
    }
    if let found = found.first, !renewed { return found }
    let kept = value()
    try connection.perform(
      """
      INSERT INTO main.mesh_settings (name, value) VALUES (\(name), \(kept))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """
    )
    return kept
  }
}

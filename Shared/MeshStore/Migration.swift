import MeshCore
import MeshCrypto

/// One numbered step of a service's schema: `m0001_create_leads` and its SQL.
package struct Migration: Sendable {
  package let name: String
  package let sql: [UInt8]

  /// - Parameters:
  ///   - name: `m`, four digits, an underscore and what it does; with or without `.sql`.
  ///   - sql: statements with the column types of PostgreSQL, every column listed.
  package init(_ name: String, _ sql: [UInt8]) {
    self.name = name.hasSuffix(".sql") ? String(name.dropLast(4)) : name
    self.sql = sql
  }

  /// The number that its name begins with; nil when the name is misspelt.
  var number: Int? {
    let digits = name.dropFirst().prefix(4)
    guard name.hasPrefix("m"), digits.count == 4, digits.allSatisfy({ "0123456789".contains($0) }),
      name.dropFirst(5).first == "_"
    else { return nil }
    return Int(digits)
  }

  var checksum: [UInt8] { SHA256.hash(sql) }

  /// The tables that a script drops, in lower case.
  static func droppedTables(_ script: String) throws(StoreError) -> Set<String> {
    let tokens = try SQLScanner.tokens(of: script, allowing: ";")
    var dropped: Set<String> = []
    for (index, token) in tokens.enumerated() where token.isKeyword("drop") {
      let rest = tokens[(index + 1)...]
      guard rest.first?.isKeyword("table") == true else { continue }
      let name = rest.dropFirst().first { !$0.isKeyword("if") && !$0.isKeyword("exists") }
      if let name { dropped.insert(name.text.lowercased()) }
    }
    return dropped
  }
}

/// How far a store's schema is, against what the code knows.
package struct SchemaVersion: Hashable, Sendable {
  /// The number of the last migration applied; 0 when none was.
  package let applied: Int
  /// The number of the last migration that the code brings.
  package let known: Int

  /// How many migrations of the code's are not applied.
  package var pending: Int { known - applied }
  /// Whether everything that the code knows of is there.
  package var isCurrent: Bool { pending == 0 }
}

/// A version of a store's schema, at which migrations end.
package struct SchemaEnd: Hashable, Sendable, CustomStringConvertible {
  static let newer = "it is of a newer release; start that release or a newer one"

  /// How many of the store's own scripts were run.
  package let storeVersion: Int
  /// The number of the service's last migration.
  package let migrations: Int

  package init(_ schema: StoredSchema) {
    storeVersion = schema.storeVersion
    migrations = schema.steps.count
  }

  /// Reads what `description` gives.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let version = parts[0], let migrations = parts[1],
      (1...10_000).contains(version), (1...10_000).contains(migrations)
    else { return nil }
    storeVersion = version
    self.migrations = migrations
  }

  /// `STORE.MIGRATIONS`.
  package var description: String { "\(storeVersion).\(migrations)" }
}

/// Applies migrations, forwards only, and finds out how far a schema is.
struct Migrator {
  private let connection: any StoreConnection
  private let migrations: [Migration]

  /// - Throws: `.migration` when names or numbers are not m0001, m0002 and so on.
  init(_ connection: any StoreConnection, _ migrations: [Migration]) throws(StoreError) {
    self.connection = connection
    self.migrations = migrations.sorted { $0.name < $1.name }
    for (index, migration) in self.migrations.enumerated() where migration.number != index + 1 {
      throw .migration(name: migration.name, reason: "migrations are numbered m0001, m0002, ...")
    }
  }

  /// Applies what is pending, if `applies`, each step in a transaction of its own.
  ///
  /// - Parameters:
  ///   - applies: whether to.
  ///   - end: the last step to apply; nil for all.
  ///   - now: the moment that is noted with each.
  /// - Returns: how far the schema is then.
  /// - Throws: `.migration` when a step fails, differs from the one that was applied, or is of a newer
  ///   release, whose tables this code may not know how to write.
  func run(
    applies: Bool,
    upTo end: SchemaEnd? = nil,
    at now: Timestamp
  ) throws(StoreError) -> SchemaVersion {
    var applied = try checkApplied()
    let last = end?.migrations ?? migrations.count
    guard last <= migrations.count else {
      throw .migration(name: "m\(last)", reason: SchemaEnd.newer)
    }
    for migration in migrations.prefix(last).dropFirst(applied.count) where applies {
      try apply(migration, at: now)
      applied.append(migration.name)
    }
    return SchemaVersion(applied: applied.count, known: migrations.count)
  }

  /// The names of the steps that were applied, in order.
  private func checkApplied() throws(StoreError) -> [String] {
    var applied: [String] = []
    do {
      let sql: SQL = "SELECT name, checksum FROM main.mesh_migrations ORDER BY number"
      try connection.runOwn(sql) { row in
        let name: String = try row.next()
        let checksum: [UInt8] = try row.next()
        guard applied.count < migrations.count else {
          throw StoreError.migration(
            name: name,
            reason: "is of a newer release; start that release or a newer one"
          )
        }
        let known = migrations[applied.count]
        guard known.name == name, known.checksum == checksum else {
          throw StoreError.migration(name: name, reason: "differs from the one applied")
        }
        applied.append(name)
        return true
      }
    } catch {
      throw error as? StoreError ?? .schema(["\(error)"])
    }
    return applied
  }

  private func apply(_ migration: Migration, at now: Timestamp) throws(StoreError) {
    let script = String(decoding: migration.sql, as: UTF8.self)
    let record: SQL = """
      INSERT INTO main.mesh_migrations (number, name, checksum, time)
      VALUES (\(migration.number), \(migration.name), \(migration.checksum), \(now))
      """
    do throws(StoreError) {
      try connection.migrate(script, noting: record)
    } catch {
      throw .migration(name: migration.name, reason: "\(error)")
    }
  }
}

import MeshCore

/// A table whose rows belong in a backup, as its engine's catalog has it.
package struct StoredTable: Hashable, Sendable {
  package let name: String
  /// In their order in the table.
  package let columns: [String]
  /// The columns of the primary key, by which rows are ordered: the same on either engine.
  let key: [String]
  /// The tables that its foreign keys lead to.
  let parents: Set<String>
  /// Columns that the engine holds as truth values and not as numbers.
  var truths: Set<String> = []

  init(
    _ name: String,
    columns: [String],
    key: [String],
    parents: Set<String> = [],
    truths: Set<String> = []
  ) {
    self.name = name
    self.columns = columns
    self.key = key
    self.parents = parents.subtracting([name])
    self.truths = truths
  }

  /// Which of its rows belong in a backup.
  ///
  /// Of the settings that a store keeps, those which say what its rows were made by, and how much of its
  /// change log is whole: the rest are of one database, not of the data in it.
  var carried: SQL {
    name == "mesh_settings"
      ? "name IN ('page_key', 'log_state') OR substr(name, 1, 5) = 'keys:'" : "TRUE"
  }

  /// The query for its rows, of `columns` in the order of the primary key.
  func rows(_ columns: [String]) -> SQL {
    let names = columns.map(\.quotedName).joined(separator: ", ")
    let order = key.map(\.quotedName).joined(separator: ", ")
    return SQL(storeText: "SELECT \(names) FROM main.\(name.quotedName) WHERE ")
      + carried + SQL(storeText: " ORDER BY \(order)")
  }
}

/// The tables of a store that belong in a backup.
struct BackupCatalog {
  /// Tables that are made with the schema, or of others: they are not carried over.
  private static let made: Set = [
    "mesh_migrations", "mesh_version", "mesh_letters", SearchTables.index,
  ]

  /// In the order in which they can be filled: a table comes after those that its foreign keys lead to.
  let tables: [StoredTable]

  /// - Parameters:
  ///   - all: every table of the database.
  ///   - transient: those that the service leaves out of backups.
  /// - Throws: `.schema` when a table cannot be carried over.
  init(_ all: [StoredTable], transient: Set<String>) throws(StoreError) {
    let carried = all.filter {
      !Self.made.contains($0.name) && !$0.name.hasPrefix("\(SearchTables.index)_")
        && !transient.contains($0.name)
    }
    var faults = transient.subtracting(all.map(\.name)).sorted().map {
      "\($0): is left out of backups, but there is no such table"
    }
    for table in carried {
      if table.key.isEmpty {
        faults.append("\(table.name): has no primary key to order its rows by")
      }
      faults += table.parents.intersection(transient).sorted().map {
        "\(table.name): has a foreign key to \($0), which is left out of backups"
      }
    }
    guard faults.isEmpty else { throw .schema(faults) }
    tables = try Self.ordered(carried)
  }

  private static func ordered(_ tables: [StoredTable]) throws(StoreError) -> [StoredTable] {
    var ordered: [StoredTable] = []
    var waiting = tables.sorted { $0.name < $1.name }
    while !waiting.isEmpty {
      let names = Set(waiting.map(\.name))
      let ready = waiting.filter { $0.parents.isDisjoint(with: names) }
      guard !ready.isEmpty else {
        throw .schema(["\(waiting.map(\.name).joined(separator: ", ")): foreign keys go round"])
      }
      ordered += ready
      waiting.removeAll { ready.contains($0) }
    }
    return ordered
  }
}

/// How far a database's schema is: what its service must have made before a backup can be filled in.
package struct StoredSchema: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package let name: String
    package let checksum: [UInt8]

    package init(name: String, checksum: [UInt8]) {
      self.name = name
      self.checksum = checksum
    }
  }

  /// How many of the store's own scripts were run.
  package let storeVersion: Int
  /// The service's migrations.
  package let steps: [Step]

  package init(storeVersion: Int, steps: [Step]) {
    self.storeVersion = storeVersion
    self.steps = steps
  }

  init(_ connection: any WholeConnection) throws(StoreError) {
    storeVersion = Int(try connection.integer(type(of: connection).versionQuery))
    let sql: SQL = "SELECT name, checksum FROM main.mesh_migrations ORDER BY number"
    steps = try connection.rows(sql) { (row) throws(StoreError) in
      Step(name: try row.next(), checksum: try row.next())
    }
  }
}

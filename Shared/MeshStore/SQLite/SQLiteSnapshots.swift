import CSQLite
import Glibc
import MeshCore

extension SQLiteConnection: WholeConnection {
  static var versionQuery: SQL { "PRAGMA user_version" }

  func storedTables() throws(StoreError) -> [StoredTable] {
    let names: [String] = try rows(
      """
      SELECT name FROM main.sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
      """
    ) { (row) throws(StoreError) in try row.next() }
    var tables: [StoredTable] = []
    for name in names {
      let columns = try rows("SELECT name, pk FROM pragma_table_info(\(name)) ORDER BY cid") {
        (row) throws(StoreError) in
        (name: try row.next(String.self), place: try row.next(Int.self))
      }
      let parents = try rows("SELECT \"table\" FROM pragma_foreign_key_list(\(name))") {
        (row) throws(StoreError) in try row.next(String.self)
      }
      tables.append(
        StoredTable(
          name,
          columns: columns.map(\.name),
          key: columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name),
          parents: Set(parents)
        )
      )
    }
    return tables
  }

  func stream(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws { try runOwn(sql, body) }

  /// Nothing to do: a number is the greatest there is and one.
  func numberOn() {}

  /// Nothing: its plans do not depend on it.
  func noteDistribution() {}
}

/// Takes snapshots of several files at one moment.
enum SQLiteSnapshots {
  /// How long writers of one file may be held up while those of another are waited for, in milliseconds.
  private static let longestHold = 2_000
  private static let mostAttempts = 5

  /// Connections that each read their file as it is at the same moment.
  ///
  /// The write locks of all files are held while the snapshots are opened, which takes less than a
  /// millisecond for each: nothing is committed anywhere meanwhile.
  ///
  /// - Parameters:
  ///   - paths: of the files.
  ///   - opened: called behind each snapshot, while the locks are held.
  /// - Returns: connections in transactions that read; a file's log grows until its transaction ends.
  /// - Throws: `.cannotOpen` for a file that is missing; `.engine` of the kind `.busy` when the writers
  ///   leave no moment.
  static func open(
    _ paths: [String],
    opened: () -> Void = {}
  ) throws(StoreError) -> [SQLiteConnection] {
    var (readers, writers): ([SQLiteConnection], [SQLiteConnection]) = ([], [])
    for path in paths {
      guard access(path, F_OK) == 0 else {
        throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
      }
      readers.append(try SQLiteConnection(path, scope: .system, purpose: .reading))
      writers.append(try SQLiteConnection(path, scope: .system, purpose: .writing))
    }
    defer { release(writers) }
    for _ in 1...mostAttempts {
      if try lock(writers) {
        for reader in readers {
          try reader.run(.beginReading)
          // The snapshot is taken by the first statement that reads the file.
          _ = try reader.integer("SELECT count(*) FROM main.sqlite_schema")
          opened()
        }
        return readers
      }
      release(writers)
    }
    throw .engine(EngineFault(.busy, code: "\(SQLITE_BUSY)", message: "writers leave no moment"))
  }

  /// Takes the write lock of every file.
  ///
  /// SQLite's own waiting looks ten times a second at last, and so meets a writer that is never idle in the
  /// middle of a commit each time: this one looks every millisecond.
  ///
  /// - Returns: false when it took too long; some may be held then.
  private static func lock(_ writers: [SQLiteConnection]) throws(StoreError) -> Bool {
    var waited = 0
    for writer in writers {
      try writer.execute(script: "PRAGMA busy_timeout = 0")
      while writer.isIdle {
        do throws(StoreError) {
          try writer.run(.begin)
        } catch {
          guard error.engineFault == .busy else { throw error }
          if waited == longestHold { return false }
          waited += 1
          sqlite3_sleep(1)
        }
      }
    }
    return true
  }

  private static func release(_ writers: [SQLiteConnection]) {
    for writer in writers where !writer.isIdle { try? writer.run(.rollback) }
  }
}

package import MeshCore
import Synchronization

/// Columns of one row with their values, as a record hands them over to be written.
package struct RecordColumns: Sendable {
  private(set) var names: [String] = []
  private(set) var values: [SQLValue] = []

  package init() {}

  package var isEmpty: Bool { names.isEmpty }

  /// Adds a column; its name comes from a schema or a service's source, never from a request.
  package mutating func set(_ name: String, _ value: some SQLBindable) {
    names.append(name)
    values.append(value.sqlValue)
  }

  package mutating func set(_ name: String, _ id: IDWords?) {
    names.append(name)
    values.append(id.map { .blob($0.bytes) } ?? .null)
  }

  /// Adds an amount's two columns.
  package mutating func set(_ name: String, _ money: Money?) {
    set(name + "_minor", money?.amountMinor)
    set(name + "_currency", money?.currency.text)
  }

  package mutating func set(_ name: String, _ etag: Etag?) { set(name, etag?.version ?? 1) }
}

extension RecordColumns {
  /// The last statement of each table.
  ///
  /// A record has dozens of columns, mostly the same as the one before, and an import has thousands of
  /// records.
  private static let insertions = Mutex<[String: (names: [String], text: String)]>([:])

  fileprivate func insertion(into table: String) -> SQL {
    let text = Self.insertions.withLock { known in
      if let last = known[table], last.names == names { return last.text }
      let text = insertionText(table)
      known[table] = (names, text)
      return text
    }
    return SQL(storeText: text, parameters: values)
  }

  private func insertionText(_ table: String) -> String {
    var text = "INSERT INTO \(SQL(name: table).text) ("
    text.reserveCapacity(24 * names.count)
    appendNames(to: &text, after: "", separator: ", ")
    text += ") VALUES (?"
    for _ in names.dropFirst() { text += ", ?" }
    text += ")"
    return text
  }

  /// Appends the names, each with `suffix` behind it.
  fileprivate func appendNames(
    to text: inout String,
    after suffix: String,
    separator: String
  ) {
    for (index, name) in names.enumerated() {
      if index > 0 { text += separator }
      precondition(SQL.isName(name), "\(name) is no name")
      text += name
      text += suffix
    }
  }
}

extension SQL {
  fileprivate static func isName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix("mesh_")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// A table's or column's name.
  ///
  /// A name that is not of lower-case letters, digits and underscores ends the process: names come
  /// from schemas, so that would be a defect of the program.
  package init(name: String) {
    precondition(Self.isName(name), "\(name) is no name")
    self.init(storeText: name)
  }
}

extension Store {
  /// The columns of a table; none when there is no such table.
  package func columns(of table: String) async throws -> Set<String> {
    try await systemRead { transaction in
      try transaction.session.connection.columns(of: table)
    }
  }
}

extension Store {
  /// The columns of a table that an index begins with, after the tenant: conditions on them are answered
  /// without going through every row.
  package func indexedColumns(of table: String) async throws -> Set<String> {
    try await systemRead { transaction in
      try transaction.session.connection.indexedColumns(of: table)
    }
  }
}

// Rows of records. For MeshRecords, which does all that belongs to a write, and for the imports of
// MeshImport; the architecture tests see to it.
extension WriteTransaction {
  package func insertRecord(_ columns: RecordColumns, into table: String) throws {
    try post(columns.insertion(into: table))
  }

  /// Writes the columns of the row with that id.
  ///
  /// SQLite touches every index of which a column is named: columns that did not change stay out.
  package func updateRecord(
    _ id: IDWords,
    key: String = "id",
    _ columns: RecordColumns,
    in table: String
  ) throws {
    if columns.isEmpty { return }
    var text = "UPDATE \(SQL(name: table).text) SET "
    columns.appendNames(to: &text, after: " = ?", separator: ", ")
    text += " WHERE \(SQL(name: key).text) = ?"
    try post(SQL(storeText: text, parameters: columns.values + [.blob(id.bytes)]))
  }

  package func deleteRecord(_ id: IDWords, from table: String) throws {
    try post("DELETE FROM \(SQL(name: table)) WHERE id = \(id.bytes)")
  }
}

import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// A reference of a row to another record of its kind, which may come later in the file: it is linked once
/// the whole file is read.
struct ImportLink {
  /// Stands for a field where the text is what the row's own record is called.
  static let title = ""
  /// Stands for a field where the text is the row's own id in its source system.
  static let externalID = "#id"

  /// Stands for a field where the text is the line of the row that is found to be above.
  static func above(_ field: String) -> String { "^\(field)" }

  let line: Int
  /// The field that names the other, or one of the above, which rows without a record have.
  let field: String
  let text: String
  /// nil in a dry run, which makes none, and for a row that is refused.
  let record: IDWords?
  /// Whether it is what a refused row is called: others find no record of it.
  var isRefused = false
}

extension ReadTransaction {
  /// The next links to make by a field, in the order of the file.
  func importLinks(of id: ImportID, by field: String) throws -> [ImportLink] {
    try rows(
      """
      SELECT line, text, record_id FROM import_links
      WHERE import_id = \(id) AND field = \(field) ORDER BY line LIMIT \(ImportLimits.links)
      """
    ) { row in
      ImportLink(
        line: try row.next(),
        field: field,
        text: try row.next(),
        record: try row.next()
      )
    }
  }

  /// The rows without a record that a link's text names.
  ///
  /// A refused row is left out unless it is the row that asks: other rows never get a record from it.
  ///
  /// - Parameters:
  ///   - link: of a row.
  ///   - kind: `ImportLink.title` or `ImportLink.externalID`.
  ///   - id: the import's.
  /// - Returns: the lines of two at most.
  /// - Throws: `StoreError`.
  func rows(namedBy link: ImportLink, as kind: String, in id: ImportID) throws -> [Int] {
    let others = try rows(
      """
      SELECT line FROM import_links
      WHERE import_id = \(id) AND field = \(kind) AND text = \(link.text) AND is_refused = FALSE
      ORDER BY line LIMIT 2
      """
    ) { row in try row.next(Int.self) }
    let own = try rows(
      """
      SELECT line FROM import_links
      WHERE import_id = \(id) AND line = \(link.line) AND field = \(kind) AND text = \(link.text)
      """
    ) { row in try row.next(Int.self) }
    return Array(Set(others + own).sorted().prefix(2))
  }

  /// The row that a field of a row was found to name, by their lines.
  func row(above line: Int, by field: String, in id: ImportID) throws -> Int? {
    let text = try value(
      """
      SELECT text FROM import_links
      WHERE import_id = \(id) AND line = \(line) AND field = \(ImportLink.above(field))
      """,
      as: String.self
    )
    return text.flatMap { Int($0) }
  }
}

extension WriteTransaction {
  func add(_ link: ImportLink, to id: ImportID) throws {
    try post(
      """
      INSERT INTO import_links (import_id, line, field, text, record_id, is_refused)
      VALUES (
        \(id), \(link.line), \(link.field), \(link.text), \(link.record?.bytes), \(link.isRefused)
      )
      ON CONFLICT (tenant_id, import_id, line, field, text) DO NOTHING
      """
    )
  }

  func remove(_ link: ImportLink, of id: ImportID) throws {
    try post(
      """
      DELETE FROM import_links
      WHERE import_id = \(id) AND line = \(link.line) AND field = \(link.field)
      """
    )
  }

  /// Deletes the next links of an import that has ended.
  ///
  /// - Returns: whether there may be more of any import.
  func sweepLinks() throws -> Bool {
    let id = try value(
      """
      SELECT imports.id FROM imports JOIN import_links ON import_links.import_id = imports.id
      WHERE imports.state IN (\(ImportJob.endedStates)) LIMIT 1
      """,
      as: ImportID.self
    )
    guard let id else { return false }
    try execute(
      """
      DELETE FROM import_links WHERE import_id = \(id) AND line IN (
        SELECT line FROM import_links WHERE import_id = \(id)
        ORDER BY line LIMIT \(ImportLimits.deletedRows)
      )
      """
    )
    return true
  }
}

extension SystemReadTransaction {
  /// Tenants with links of imports that have ended.
  func tenantsWithOldLinks() throws -> [TenantID] {
    try rows(
      """
      SELECT DISTINCT import_links.tenant_id FROM import_links
      JOIN imports ON imports.tenant_id = import_links.tenant_id
        AND imports.id = import_links.import_id
      WHERE imports.state IN (\(ImportJob.endedStates))
      """
    ) { row in try row.next() }
  }
}

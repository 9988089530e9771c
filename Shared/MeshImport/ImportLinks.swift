import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// That a row names another record of its kind, which may stand further down in the file: it is linked once
/// the whole file is read.
struct ImportLink {
  let line: Int
  /// The field that names the other; empty for what others may call the row's own record in a dry run.
  let field: String
  let text: String
  /// nil in a dry run, which makes none.
  let record: IDWords?
}

extension ReadTransaction {
  /// The record that a row with an id of a source system became; nil for none.
  func imported(_ externalID: String, of object: String, from system: String) throws -> IDWords? {
    let key = RowKey(externalID: externalID, in: RowKey.space(of: object))
    return try first(
      """
      SELECT record_id FROM imported_rows
      WHERE source_system = \(system) AND row_key = \(key.digest)
      """
    ) { row in try row.next(TypeAPI.ImportID.self).words }
  }

  /// The next links to make, in the order of the file.
  func importLinks(of id: ImportID) throws -> [ImportLink] {
    try rows(
      """
      SELECT line, field, text, record_id FROM import_links
      WHERE import_id = \(id) AND field <> '' ORDER BY line, field LIMIT \(ImportLimits.links)
      """
    ) { row in
      ImportLink(
        line: try row.next(),
        field: try row.next(),
        text: try row.next(),
        record: try row.next(ImportID?.self)?.words
      )
    }
  }

  /// Whether a row of a dry run would be found by a name.
  func isInFile(_ text: String, of id: ImportID) throws -> Bool {
    try value(
      "SELECT 1 FROM import_links WHERE import_id = \(id) AND field = '' AND text = \(text) LIMIT 1",
      as: Int.self
    ) != nil
  }
}

extension WriteTransaction {
  func add(_ link: ImportLink, to id: ImportID) throws {
    try post(
      """
      INSERT INTO import_links (import_id, line, field, text, record_id)
      VALUES (\(id), \(link.line), \(link.field), \(link.text), \(link.record?.bytes))
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

  /// Deletes what is left of an import's links.
  func removeLinks(of id: ImportID) throws {
    try post("DELETE FROM import_links WHERE import_id = \(id)")
  }
}

import MeshCore
import MeshStore
import TypeAPI

// An import's row: its origin, state and progress.

extension ImportJob {
  /// The columns that `init(_:)` reads, in order.
  static let columns: SQL = """
    id, file_name, object, validate_only, date_order, creator, on_behalf_of, create_time, \(stateColumns),
    \(ImportProgress.columns)
    """

  private static let stateColumns: SQL = """
    version, may_configure, source_system, external_id_column, state, received_bytes, failure, start_time,
    end_time
    """

  /// Reads a row; the columns of the mapping are in a table of their own.
  init(_ row: inout Row) throws {
    id = try row.next()
    fileName = try row.next()
    object = try row.next()
    validateOnly = try row.next()
    let dateOrder: String = try row.next()
    creator = try row.next()
    onBehalfOf = try row.next()
    createTime = try row.next()
    version = try row.next()
    mayConfigure = try row.next()
    mapping = ImportMapping(columns: [], externalID: nil, sourceSystem: try row.next())
    let externalID: String = try row.next()
    mapping.externalID = externalID.isEmpty ? nil : externalID
    mapping.dateOrder = DateOrder(rawValue: dateOrder)
    state = State(rawValue: try row.next()) ?? .failed
    receivedBytes = try row.next()
    failure = try row.next()
    startTime = try row.next()
    endTime = try row.next()
    progress = try ImportProgress(&row)
  }

  /// Adds the columns that never change.
  func bindOrigin(to columns: inout RecordColumns) {
    columns.set("id", id)
    columns.set("file_name", fileName)
    columns.set("object", object)
    columns.set("validate_only", validateOnly)
    columns.set("date_order", mapping.dateOrder?.rawValue ?? "")
    columns.set("creator", creator)
    columns.set("on_behalf_of", onBehalfOf)
    columns.set("create_time", createTime)
  }

  func bindState(to columns: inout RecordColumns) {
    columns.set("version", version)
    columns.set("may_configure", mayConfigure)
    columns.set("source_system", mapping.sourceSystem)
    columns.set("external_id_column", mapping.externalID ?? "")
    columns.set("state", state.rawValue)
    columns.set("received_bytes", receivedBytes)
    columns.set("failure", failure)
    columns.set("start_time", startTime)
    columns.set("end_time", endTime)
  }
}

extension ImportProgress {
  static let columns: SQL = """
    processed_bytes, next_line, row_count, created_count, duplicate_count, unchanged_count,
    refused_count, blank_count, incomplete_count
    """

  init(_ row: inout Row) throws {
    bytes = try row.next()
    line = try row.next()
    rows = try row.next()
    created = try row.next()
    duplicates = try row.next()
    unchanged = try row.next()
    refused = try row.next()
    blank = try row.next()
    incomplete = try row.next()
  }

  func bind(to columns: inout RecordColumns) {
    columns.set("processed_bytes", bytes)
    columns.set("next_line", line)
    columns.set("row_count", rows)
    columns.set("created_count", created)
    columns.set("duplicate_count", duplicates)
    columns.set("unchanged_count", unchanged)
    columns.set("refused_count", refused)
    columns.set("blank_count", blank)
    columns.set("incomplete_count", incomplete)
  }
}

import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import MeshTables
import RecordsAPI
import TypeAPI

// An import's row: its origin, state and progress.
extension ImportJob {
  /// The states in which `hasEnded` holds.
  static let endedStates: SQL = "'succeeded', 'failed', 'cancelled', 'undone'"

  /// The states in which it does not, as the index has them.
  static let openStates: SQL = """
    'receiving', 'surveying', 'ready', 'running', 'paused', 'undoing'
    """

  /// The columns that `init(_:)` reads, in order.
  static let columns: SQL = """
    id, file_name, object, validate_only, creator, on_behalf_of, create_time, \(stateColumns),
    \(ImportProgress.columns), \(UndoProgress.columns)
    """

  private static let stateColumns: SQL = """
    version, may_configure, source_system, external_id_column, date_order, choices, state, goes_on,
    received_bytes, converted_bytes, failure, start_time, end_time, undone_by
    """

  /// Reads a row; the columns of the mapping and the reading are read apart.
  init(_ row: inout Row) throws {
    id = try row.next()
    fileName = try row.next()
    object = try row.next()
    validateOnly = try row.next()
    creator = try row.next()
    onBehalfOf = try row.next()
    createTime = try row.next()
    version = try row.next()
    mayConfigure = try row.next()
    mapping = ImportMapping(columns: [], externalID: nil, sourceSystem: try row.next())
    let externalID: String = try row.next()
    mapping.externalID = externalID.isEmpty ? nil : externalID
    mapping.dateOrder = DateOrder(rawValue: try row.next())
    hasColumns = false
    let choices: [UInt8]? = try row.next()
    self.choices = try choices.map { try ImportChoices(wire: $0) } ?? ImportChoices()
    state = State(rawValue: try row.next()) ?? .failed
    goesOn = try row.next()
    receivedBytes = try row.next()
    convertedBytes = try row.next()
    failure = try row.next()
    startTime = try row.next()
    endTime = try row.next()
    undoneBy = try row.next()
    progress = try ImportProgress(&row)
    undo = UndoProgress(
      deleted: try row.next(),
      putBack: try row.next(),
      left: try row.next()
    )
  }

  /// Adds the columns that never change.
  func bindOrigin(to columns: inout RecordColumns) {
    columns.set("id", id)
    columns.set("file_name", fileName)
    columns.set("object", object)
    columns.set("validate_only", validateOnly)
    columns.set("creator", creator)
    columns.set("on_behalf_of", onBehalfOf)
    columns.set("create_time", createTime)
  }

  /// Adds the columns that change, but for the reading.
  func bindState(to columns: inout RecordColumns) {
    columns.set("version", version)
    columns.set("may_configure", mayConfigure)
    columns.set("source_system", mapping.sourceSystem)
    columns.set("external_id_column", mapping.externalID ?? "")
    columns.set("date_order", mapping.dateOrder?.rawValue ?? "")
    columns.set("choices", choices == ImportChoices() ? nil : choices.wireBytes())
    columns.set("state", state.rawValue)
    columns.set("goes_on", goesOn)
    columns.set("received_bytes", receivedBytes)
    columns.set("converted_bytes", convertedBytes)
    columns.set("failure", failure)
    columns.set("start_time", startTime)
    columns.set("end_time", endTime)
    columns.set("undone_by", undoneBy)
    progress.bind(to: &columns)
    undo.bind(to: &columns)
  }
}

extension ImportProgress {
  static let columns: SQL = """
    processed_bytes, next_line, single_lines_until, row_count, created_count, duplicate_count,
    updated_count, restored_count, unchanged_count, refused_count, blank_count, incomplete_count,
    remarked_count
    """

  init(_ row: inout Row) throws {
    position = RowPosition(
      offset: try row.next(),
      line: try row.next(),
      singleLinesUntil: try row.next()
    )
    rows = try row.next()
    created = try row.next()
    duplicates = try row.next()
    updated = try row.next()
    restored = try row.next()
    unchanged = try row.next()
    refused = try row.next()
    passedOver = try row.next()
    incomplete = try row.next()
    remarked = try row.next()
  }

  fileprivate func bind(to columns: inout RecordColumns) {
    columns.set("processed_bytes", position.offset)
    columns.set("next_line", position.line)
    columns.set("single_lines_until", position.singleLinesUntil)
    columns.set("row_count", rows)
    columns.set("created_count", created)
    columns.set("duplicate_count", duplicates)
    columns.set("updated_count", updated)
    columns.set("restored_count", restored)
    columns.set("unchanged_count", unchanged)
    columns.set("refused_count", refused)
    columns.set("blank_count", passedOver)
    columns.set("incomplete_count", incomplete)
    columns.set("remarked_count", remarked)
  }
}

extension UndoProgress {
  static let columns: SQL = "deleted_count, put_back_count, left_count"

  fileprivate func bind(to columns: inout RecordColumns) {
    columns.set("deleted_count", deleted)
    columns.set("put_back_count", putBack)
    columns.set("left_count", left)
  }
}

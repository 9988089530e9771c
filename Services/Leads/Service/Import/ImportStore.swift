import MeshCore
import MeshStore
import TypeAPI

/// All SQL of imports.
extension ReadTransaction {
  func importJob(_ id: ImportID) throws -> ImportJob? {
    let found = try first(
      "SELECT \(ImportRow.columns) FROM imports WHERE id = \(id)"
    ) { row in try ImportRow.job(&row) }
    guard var job = found else { return nil }
    job.mapping.columns = try importColumns(of: id)
    return job
  }

  func importColumns(of id: ImportID) throws -> [ImportMapping.Column] {
    try rows(
      "SELECT heading, field FROM import_columns WHERE import_id = \(id) ORDER BY position"
    ) { row in
      let heading: String = try row.next()
      let field: String = try row.next()
      return ImportMapping.Column(heading: heading, field: field.isEmpty ? nil : field)
    }
  }

  /// The bytes of an import from an offset on, as far as they lie in one chunk; empty at the end.
  func importContent(of id: ImportID, from offset: Int) throws -> [UInt8] {
    let chunk = try first(
      """
      SELECT begin_offset, content FROM import_chunks
      WHERE import_id = \(id) AND begin_offset <= \(offset) AND end_offset > \(offset)
      ORDER BY begin_offset DESC LIMIT 1
      """
    ) { row in (begin: try row.next(Int.self), content: try row.next([UInt8].self)) }
    guard let chunk else { return [] }
    return Array(chunk.content[(offset - chunk.begin)...])
  }

  /// By the number of rows they are about, most first.
  func importRemarks(of id: ImportID) throws -> [(remark: ImportRemark, rows: Int)] {
    try rows(
      """
      SELECT field, value, remark, row_count FROM import_remarks WHERE import_id = \(id)
      ORDER BY row_count DESC, field, value LIMIT 200
      """
    ) { row in
      (
        ImportRemark(field: try row.next(), value: try row.next(), text: try row.next()),
        try row.next(Int.self)
      )
    }
  }

  /// Refused rows in the order of the file.
  func refusedRowPage(of id: ImportID, _ page: PageRequest) throws -> Page<RefusedRow> {
    try self.page(
      "line, heading, field, reason",
      from: "import_refusals",
      where: "import_id = \(id)",
      by: Keyset([], unique: "line"),
      page,
      bound: ["\(id)"]
    ) { row in
      RefusedRow(
        line: try row.next(),
        heading: try row.next(),
        field: try row.next(),
        reason: try row.next()
      )
    }
  }

  /// Imports, newest first; without their mappings.
  func importPage(_ page: PageRequest) throws -> Page<ImportJob> {
    try self.page(
      ImportRow.columns,
      from: "imports",
      by: Keyset([.descending("create_time")], unique: "id"),
      page,
      bound: ["imports"]
    ) { row in try ImportRow.job(&row) }
  }

  func hasImported(_ key: RowKey, from system: String) throws -> Bool {
    try value(
      """
      SELECT 1 FROM imported_rows WHERE source_system = \(system) AND row_key = \(key.digest)
      """,
      as: Int.self
    ) != nil
  }
}

extension SystemReadTransaction {
  /// Imports that are at work, of all tenants.
  func runningImports() throws -> [(tenant: TenantID, id: ImportID)] {
    try rows(
      "SELECT tenant_id, id FROM imports WHERE state = 'running' ORDER BY start_time"
    ) { row in (try row.next(), try row.next()) }
  }
}

extension WriteTransaction {
  func insert(_ job: ImportJob) throws {
    let progress = job.progress
    try execute(
      """
      INSERT INTO imports (
        id, version, file_name, source_system, external_id_column, state, received_bytes,
        processed_bytes, next_line, row_count, created_count, duplicate_count, unchanged_count,
        refused_count, failure, creator, on_behalf_of, may_configure, create_time, start_time,
        end_time
      ) VALUES (
        \(job.id), \(job.version), \(job.fileName), \(job.mapping.sourceSystem),
        \(job.mapping.externalID ?? ""), \(job.state.rawValue), \(job.receivedBytes),
        \(progress.bytes), \(progress.line), \(progress.rows), \(progress.created),
        \(progress.duplicates), \(progress.unchanged), \(progress.refused), \(job.failure),
        \(job.creator), \(job.onBehalfOf), \(job.mayConfigure), \(job.createTime),
        \(job.startTime), \(job.endTime)
      )
      """
    )
    try saveColumns(of: job)
  }

  func update(_ job: ImportJob) throws {
    let progress = job.progress
    try execute(
      """
      UPDATE imports SET
        version = \(job.version), source_system = \(job.mapping.sourceSystem),
        external_id_column = \(job.mapping.externalID ?? ""), state = \(job.state.rawValue),
        received_bytes = \(job.receivedBytes), processed_bytes = \(progress.bytes),
        next_line = \(progress.line), row_count = \(progress.rows),
        created_count = \(progress.created), duplicate_count = \(progress.duplicates),
        unchanged_count = \(progress.unchanged), refused_count = \(progress.refused),
        failure = \(job.failure), start_time = \(job.startTime), end_time = \(job.endTime)
      WHERE id = \(job.id)
      """
    )
  }

  func saveColumns(of job: ImportJob) throws {
    try execute("DELETE FROM import_columns WHERE import_id = \(job.id)")
    for (position, column) in job.mapping.columns.enumerated() {
      try execute(
        """
        INSERT INTO import_columns (import_id, position, heading, field)
        VALUES (\(job.id), \(position), \(column.heading), \(column.field ?? ""))
        """
      )
    }
  }

  func appendContent(_ content: [UInt8], to id: ImportID, at offset: Int) throws {
    try execute(
      """
      INSERT INTO import_chunks (import_id, begin_offset, end_offset, content)
      VALUES (\(id), \(offset), \(offset + content.count), \(content))
      """
    )
  }

  func deleteContent(of id: ImportID) throws {
    try execute("DELETE FROM import_chunks WHERE import_id = \(id)")
  }

  /// Remembers for ever that a row became a lead.
  func remember(_ key: RowKey, from system: String, as lead: LeadID) throws {
    try execute(
      """
      INSERT INTO imported_rows (source_system, row_key, lead_id)
      VALUES (\(system), \(key.digest), \(lead))
      """
    )
  }

  func insert(_ refused: RefusedRow, of id: ImportID) throws {
    try execute(
      """
      INSERT INTO import_refusals (import_id, line, heading, field, reason)
      VALUES (\(id), \(refused.line), \(refused.heading), \(refused.field), \(refused.reason))
      """
    )
  }

  /// Counts one more row for a remark.
  func add(_ remark: ImportRemark, rows: Int, to id: ImportID) throws {
    try execute(
      """
      INSERT INTO import_remarks (import_id, field, value, remark, row_count)
      VALUES (\(id), \(remark.field), \(remark.value), \(remark.text), \(rows))
      ON CONFLICT (tenant_id, import_id, field, value) DO UPDATE SET
        row_count = import_remarks.row_count + excluded.row_count
      """
    )
  }
}

/// The columns of an import, in the order they are read.
enum ImportRow {
  static let columns: SQL = """
    id, version, file_name, source_system, external_id_column, state, received_bytes,
    processed_bytes, next_line, row_count, created_count, duplicate_count, unchanged_count,
    refused_count, failure, creator, on_behalf_of, may_configure, create_time, start_time,
    end_time
    """

  static func job(_ row: inout Row) throws -> ImportJob {
    let id: ImportID = try row.next()
    let version: Int64 = try row.next()
    let fileName: String = try row.next()
    let system: String = try row.next()
    let externalID: String = try row.next()
    let state = ImportJob.State(rawValue: try row.next()) ?? .failed
    let received: Int = try row.next()
    let progress = ImportProgress(
      bytes: try row.next(),
      line: try row.next(),
      rows: try row.next(),
      created: try row.next(),
      duplicates: try row.next(),
      unchanged: try row.next(),
      refused: try row.next()
    )
    return ImportJob(
      id: id,
      version: version,
      fileName: fileName,
      mapping: ImportMapping(
        columns: [],
        externalID: externalID.isEmpty ? nil : externalID,
        sourceSystem: system
      ),
      state: state,
      receivedBytes: received,
      progress: progress,
      failure: try row.next(),
      creator: try row.next(),
      onBehalfOf: try row.next(),
      mayConfigure: try row.next(),
      createTime: try row.next(),
      startTime: try row.next(),
      endTime: try row.next()
    )
  }
}

import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

// All SQL of imports. Their tables are in the database of each service that has imports.

extension ReadTransaction {
  /// The import that a request names.
  ///
  /// - Parameters:
  ///   - id: as the request has it.
  ///   - creator: whose it must be; nil for anybody's.
  /// - Returns: the import with its mapping.
  /// - Throws: NOT_FOUND, also for another's.
  func requireImport(_ id: String, of creator: String?) throws -> ImportJob {
    guard let job = try ImportID(id).flatMap({ try importJob($0) }),
      creator.map({ $0 == job.creator }) ?? true
    else { throw MeshError.notFound("import", id) }
    return job
  }

  func importJob(_ id: ImportID) throws -> ImportJob? {
    let found = try first(
      "SELECT \(ImportJob.columns) FROM imports WHERE id = \(id)"
    ) { row in try ImportJob(&row) }
    guard var job = found else { return nil }
    job.mapping.columns = try importColumns(of: id)
    job.mapping.values = try importValues(of: id)
    return job
  }

  private func importValues(of id: ImportID) throws -> [ImportMapping.Value] {
    try rows(
      """
      SELECT heading, from_value, to_value FROM import_values WHERE import_id = \(id) ORDER BY position
      """
    ) { row in
      ImportMapping.Value(heading: try row.next(), from: try row.next(), to: try row.next())
    }
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

  /// The bytes of an import from an offset to the end of its chunk; empty at the end of the file.
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

  /// Remarks ordered by the number of rows they affect, most first.
  func importRemarks(of id: ImportID) throws -> [(remark: ImportRemark, rows: Int)] {
    try rows(
      """
      SELECT field, value, remark, row_count FROM import_remarks WHERE import_id = \(id)
      ORDER BY row_count DESC, field, value LIMIT 500
      """
    ) { row in
      (
        ImportRemark(field: try row.next(), value: try row.next(), text: try row.next()),
        try row.next(Int.self)
      )
    }
  }

  /// What is wrong with rows that became records, or with those that did not, in the order of the file.
  func faultPage(
    of id: ImportID,
    created isCreated: Bool,
    _ page: PageRequest
  ) throws -> Page<RowFault> {
    try self.page(
      "line, heading, field, reason",
      from: "import_faults",
      where: "import_id = \(id) AND is_created = \(isCreated)",
      by: Keyset([.ascending("line")], unique: "part"),
      page,
      bound: ["\(id)", "\(isCreated)"]
    ) { row in
      RowFault(
        line: try row.next(),
        heading: try row.next(),
        field: try row.next(),
        reason: try row.next(),
        isCreated: isCreated
      )
    }
  }

  /// How much is wrong with a row so far, and whether it is refused for it.
  func faults(inLine line: Int, of id: ImportID) throws -> (count: Int, isRefused: Bool) {
    let created = try rows(
      "SELECT is_created FROM import_faults WHERE import_id = \(id) AND line = \(line)"
    ) { row in try row.next(Bool.self) }
    return (created.count, created.contains(false))
  }

  /// Imports of a kind of record, or all, newest first; without their mappings.
  ///
  /// - Parameters:
  ///   - page: which page.
  ///   - object: the kind; empty for all.
  ///   - creator: whose they are; nil for everybody's.
  /// - Returns: the page.
  /// - Throws: INVALID_ARGUMENT for a token that is not of this list.
  func importPage(
    _ page: PageRequest,
    of object: String,
    by creator: String?
  ) throws -> Page<ImportJob> {
    let ofKind: SQL = object.isEmpty ? "TRUE" : "object = \(object)"
    let ofCreator: SQL = creator.map { "creator = \($0)" } ?? "TRUE"
    return try self.page(
      ImportJob.columns,
      from: "imports",
      where: [ofKind, ofCreator].allHold,
      by: Keyset([.descending("create_time")], unique: "id"),
      page,
      bound: ["imports", object, creator ?? ""]
    ) { row in try ImportJob(&row) }
  }

  /// Which of some rows already became records.
  func imported(_ keys: [RowKey], from system: String) throws -> Set<RowKey> {
    let found = try rows(
      """
      SELECT row_key FROM imported_rows
      WHERE source_system = \(system) AND row_key IN (\(list: keys.map(\.digest)))
      """
    ) { row in RowKey(digest: try row.next()) }
    return Set(found)
  }
}

extension SystemReadTransaction {
  /// Tenants with an import whose content did not arrive in time, or whose content is no longer needed.
  func tenantsToSweep(at now: Timestamp) throws -> [TenantID] {
    try rows(
      """
      SELECT DISTINCT tenant_id FROM imports
      WHERE state = 'receiving' AND create_time <= \(now - ImportLimits.receivingTime)
      UNION
      SELECT DISTINCT import_chunks.tenant_id FROM import_chunks
      JOIN imports ON imports.tenant_id = import_chunks.tenant_id
        AND imports.id = import_chunks.import_id
      WHERE imports.state IN ('succeeded', 'failed', 'cancelled')
      """
    ) { row in try row.next() }
  }

  /// Running imports of a kind of record, of all tenants.
  func runningImports(of object: String) throws -> [(tenant: TenantID, id: ImportID)] {
    try rows(
      """
      SELECT tenant_id, id FROM imports WHERE state = 'running' AND object = \(object) ORDER BY start_time
      """
    ) { row in (try row.next(), try row.next()) }
  }
}

extension WriteTransaction {
  func create(_ job: ImportJob, _ plan: some ImportPlan) throws {
    var columns = RecordColumns()
    job.bindOrigin(to: &columns)
    job.bindState(to: &columns)
    job.progress.bind(to: &columns)
    try insertRecord(columns, into: "imports")
    try saveColumns(of: job)
    try record(
      Change(action: "create", object: plan.importObject, id: "\(job.id)", after: plan.logged(job))
    )
  }

  /// Saves an import's progress or new state; deletes the content once it has ended.
  ///
  /// Only a new state is recorded in the change log, progress is not.
  ///
  /// - Returns: the saved import.
  func save(_ after: ImportJob, before: ImportJob, _ plan: some ImportPlan) throws -> ImportJob {
    var job = after
    job.version = before.version + 1
    if job.state.hasEnded {
      job.endTime = now
      if !plan.relations.isEmpty { try removeLinks(of: job.id) }
      _ = try deleteContent(of: job.id)
    }
    var columns = RecordColumns()
    job.bindState(to: &columns)
    job.progress.bind(to: &columns)
    try updateRecord(job.id.words, columns, in: "imports")
    if job.state != before.state {
      try record(
        Change(
          action: "update",
          object: plan.importObject,
          id: "\(job.id)",
          before: plan.logged(before),
          after: plan.logged(job)
        )
      )
    }
    return job
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
    try execute("DELETE FROM import_values WHERE import_id = \(job.id)")
    for (position, value) in job.mapping.values.enumerated() {
      try execute(
        """
        INSERT INTO import_values (import_id, position, heading, from_value, to_value)
        VALUES (\(job.id), \(position), \(value.heading), \(value.from), \(value.to))
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

  /// Deletes the next chunks of an import's content: those of a large file at once would hold up other writers.
  ///
  /// - Returns: whether there are more.
  func deleteContent(of id: ImportID) throws -> Bool {
    let deleted = try execute(
      """
      DELETE FROM import_chunks WHERE import_id = \(id) AND begin_offset IN (
        SELECT begin_offset FROM import_chunks WHERE import_id = \(id)
        ORDER BY begin_offset LIMIT \(ImportLimits.deletedChunks)
      )
      """
    )
    return deleted == ImportLimits.deletedChunks
  }

  /// Deletes the next chunks of an import that has ended.
  ///
  /// - Returns: whether there is more to delete.
  func sweepContent() throws -> Bool {
    let id = try value(
      """
      SELECT imports.id FROM imports JOIN import_chunks ON import_chunks.import_id = imports.id
      WHERE imports.state IN ('succeeded', 'failed', 'cancelled') LIMIT 1
      """,
      as: ImportID.self
    )
    guard let id else { return false }
    _ = try deleteContent(of: id)
    return true
  }

  /// Ends the imports whose content did not arrive in time.
  func expireImports(_ plan: some ImportPlan) throws {
    let overdue = try rows(
      """
      SELECT id FROM imports
      WHERE state = 'receiving' AND create_time <= \(now - ImportLimits.receivingTime)
      """
    ) { row in try row.next(ImportID.self) }
    for id in overdue {
      guard let before = try importJob(id) else { continue }
      var job = before
      job.expire()
      _ = try save(job, before: before, plan)
    }
  }

  /// - Throws: RESOURCE_EXHAUSTED with limit `open_imports`.
  func requireRoomForImport() throws {
    let open = try value(
      "SELECT count(*) FROM imports WHERE state IN ('receiving', 'running')",
      as: Int.self
    )
    try Limit.openImports.check((open ?? 0) + 1)
  }

  /// Remembers permanently that a row became a record.
  func remember(_ key: RowKey, from system: String, as record: IDWords) throws {
    try post(
      """
      INSERT INTO imported_rows (source_system, row_key, record_id)
      VALUES (\(system), \(key.digest), \(record.bytes))
      """
    )
  }

  func insert(_ fault: RowFault, part: Int, of id: ImportID) throws {
    try post(
      """
      INSERT INTO import_faults (import_id, line, part, heading, field, reason, is_created)
      VALUES (
        \(id), \(fault.line), \(part), \(fault.heading), \(fault.field), \(fault.reason),
        \(fault.isCreated)
      )
      """
    )
  }

  /// Counts more rows for a remark.
  func add(_ remark: ImportRemark, rows: Int, to id: ImportID) throws {
    try post(
      """
      INSERT INTO import_remarks (import_id, field, value, remark, row_count)
      VALUES (\(id), \(remark.field), \(remark.value), \(remark.text), \(rows))
      ON CONFLICT (tenant_id, import_id, field, value) DO UPDATE SET
        row_count = import_remarks.row_count + excluded.row_count
      """
    )
  }
}

import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
import TypeAPI

// What changes the rows of imports and of their reports.
extension WriteTransaction {
  func create(_ job: ImportJob, _ plan: some ImportPlan) throws {
    var columns = RecordColumns()
    job.bindOrigin(to: &columns)
    job.bindState(to: &columns)
    try insertRecord(columns, into: "imports")
    try saveColumns(of: job)
    try record(
      Change(
        action: "create",
        object: plan.importObject,
        id: "\(job.id)",
        after: plan.logged(job.withoutReading)
      )
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
    if job.state.hasEnded, !before.state.hasEnded, before.state != .undoing {
      job.endTime = now
      _ = try deleteContent(of: job.id, in: "import_chunks")
    }
    var columns = RecordColumns()
    job.bindState(to: &columns)
    if job.reading != before.reading { columns.set("reading", job.reading?.wireBytes()) }
    try updateRecord(job.id.words, columns, in: "imports")
    if job.state != before.state {
      try record(
        Change(
          action: "update",
          object: plan.importObject,
          id: "\(job.id)",
          before: plan.logged(try logged(before)),
          after: plan.logged(try logged(job))
        )
      )
    }
    return job
  }

  /// Saves how an import's file is understood, and nothing else: its version stays.
  func save(_ reading: ImportReading?, of id: ImportID) throws {
    var columns = RecordColumns()
    columns.set("reading", reading?.wireBytes())
    try updateRecord(id.words, columns, in: "imports")
  }

  /// An import as the change log has it: with its mapping, which batches do without.
  private func logged(_ job: ImportJob) throws -> ImportJob {
    var job = job.withoutReading
    if !job.hasColumns {
      job.mapping.columns = try importColumns(of: job.id)
      job.mapping.values = try importValues(of: job.id)
    }
    return job
  }

  func saveColumns(of job: ImportJob) throws {
    try execute("DELETE FROM import_columns WHERE import_id = \(job.id)")
    for (position, column) in job.mapping.columns.enumerated() {
      try execute(
        """
        INSERT INTO import_columns (import_id, position, heading, field, place)
        VALUES (
          \(job.id), \(position), \(column.heading), \(column.field ?? ""),
          \(column.place)
        )
        """
      )
    }
    try execute("DELETE FROM import_values WHERE import_id = \(job.id)")
    for (position, value) in job.mapping.values.enumerated() {
      try execute(
        """
        INSERT INTO import_values (import_id, position, heading, from_value, to_value, place)
        VALUES (
          \(job.id), \(position), \(value.heading), \(value.from), \(value.to),
          \(value.place)
        )
        """
      )
    }
  }

  /// Ends the imports of a plan's kind that nobody continued in time.
  ///
  /// Imports of other kinds are left to their own plan, which logs them and knows whether they have links.
  func expireImports<Plan: ImportPlan>(_ plan: Plan) throws {
    let overdue = try rows(
      """
      SELECT id FROM imports
      WHERE object = \(Plan.Record.schema.object) AND (
        state IN ('receiving', 'ready') AND create_time <= \(now - ImportLimits.receivingTime)
        OR state = 'paused' AND start_time <= \(now - ImportLimits.pausedTime)
      )
      """
    ) { row in try row.next(ImportID.self) }
    for id in overdue {
      guard let before = try importJob(id) else { continue }
      var job = before
      job.expire()
      _ = try save(job, before: before, plan)
    }
  }

  /// Requires that a tenant may have one more import under way, besides those that wait to be started.
  ///
  /// - Throws: RESOURCE_EXHAUSTED with limit `open_imports`.
  func requireRoomForImport() throws {
    let open = try value(
      """
      SELECT count(*) FROM imports
      WHERE state IN (\(ImportJob.openStates)) AND state <> 'ready'
      """,
      as: Int.self
    )
    try Limit.openImports.check((open ?? 0) + 1)
  }

  /// Cancels the oldest imports of a person that wait to be started, where there are more than one person may have.
  ///
  /// - Parameters:
  ///   - id: of one that stays.
  ///   - creator: the person.
  ///   - plan: of the import that stays; it logs all.
  /// - Throws: `StoreError`.
  func cancelReadyImports(
    besides id: ImportID,
    of creator: String,
    _ plan: some ImportPlan
  ) throws {
    let others = try rows(
      """
      SELECT id FROM imports
      WHERE state IN (\(ImportJob.openStates)) AND state = 'ready' AND creator = \(creator)
        AND id <> \(id)
      ORDER BY create_time DESC, id DESC LIMIT \(10 * ImportLimits.readyImports)
      """
    ) { row in try row.next(ImportID.self) }
    for other in others.dropFirst(ImportLimits.readyImports - 1) {
      guard let before = try importJob(other) else { continue }
      var job = before
      job.state = .cancelled
      _ = try save(job, before: before, plan)
    }
  }

  func insert(_ fault: ImportRowFault, part: Int, of id: ImportID) throws {
    try post(
      """
      INSERT INTO import_faults (
        import_id, line, part, heading, field, reason, is_created, reason_code, value, object,
        suggestion
      )
      VALUES (
        \(id), \(fault.line), \(part), \(fault.heading), \(fault.field), \(fault.reason),
        \(fault.isTaken), \(Int(fault.cause?.code.rawValue ?? 0)),
        \(fault.cause?.value.quotedInRemarks ?? ""), \(fault.cause?.object ?? ""),
        \(fault.cause?.suggestion ?? "")
      )
      """
    )
  }

  /// Counts more rows for a remark.
  func add(_ remark: ImportRemark, rows: Int, to id: ImportID) throws {
    try post(
      """
      INSERT INTO import_remarks (import_id, field, value, remark, is_unmatched, read_as, row_count)
      VALUES (
        \(id), \(remark.field), \(remark.value), \(remark.text), \(remark.isUnmatched),
        \(remark.readAs), \(rows)
      )
      ON CONFLICT (tenant_id, import_id, field, value) DO UPDATE SET
        row_count = import_remarks.row_count + excluded.row_count
      """
    )
  }
}

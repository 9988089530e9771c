import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
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
    guard let job = try ImportID(id).flatMap({ try wholeImport($0) }),
      creator.map({ $0 == job.creator }) ?? true
    else { throw MeshError.notFound("import", id) }
    return job
  }

  /// An import without the columns and values of its mapping, and without its reading: those may have hundreds of
  /// KiB, and no batch needs them.
  func importJob(_ id: ImportID) throws -> ImportJob? {
    try first(
      "SELECT \(ImportJob.columns) FROM imports WHERE id = \(id)"
    ) { row in try ImportJob(&row) }
  }

  /// An import with all that is known of it.
  func wholeImport(_ id: ImportID) throws -> ImportJob? {
    guard var job = try importJob(id) else { return nil }
    job.mapping.columns = try importColumns(of: id)
    job.mapping.values = try importValues(of: id)
    job.hasColumns = true
    job.reading = try importReading(of: id)
    return job
  }

  /// How the file of an import is understood; nil until it was read.
  func importReading(of id: ImportID) throws -> ImportReading? {
    let reading = try value("SELECT reading FROM imports WHERE id = \(id)", as: [UInt8]?.self)
    return try (reading ?? nil).map { try ImportReading(wire: $0) }
  }

  func importValues(of id: ImportID) throws -> [ImportMapping.Value] {
    try rows(
      """
      SELECT place, heading, from_value, to_value FROM import_values
      WHERE import_id = \(id) ORDER BY position
      """
    ) { row in
      let place: Int = try row.next()
      return ImportMapping.Value(
        index: place > 0 ? place - 1 : nil,
        heading: try row.next(),
        from: try row.next(),
        to: try row.next()
      )
    }
  }

  func importColumns(of id: ImportID) throws -> [ImportMapping.Column] {
    try rows(
      "SELECT place, heading, field FROM import_columns WHERE import_id = \(id) ORDER BY position"
    ) { row in
      let place: Int = try row.next()
      let heading: String = try row.next()
      let field: String = try row.next()
      return ImportMapping.Column(
        index: place > 0 ? place - 1 : nil,
        heading: heading,
        field: field.isEmpty ? nil : field
      )
    }
  }

  /// Remarks ordered by the number of rows they affect, most first.
  func importRemarks(of id: ImportID) throws -> [(remark: ImportRemark, rows: Int)] {
    try rows(
      """
      SELECT field, value, remark, is_unmatched, read_as, row_count FROM import_remarks
      WHERE import_id = \(id)
      ORDER BY row_count DESC, field, value LIMIT 500
      """
    ) { row in
      (
        ImportRemark(
          field: try row.next(),
          value: try row.next(),
          text: try row.next(),
          isUnmatched: try row.next(),
          readAs: try row.next()
        ),
        try row.next(Int.self)
      )
    }
  }

  /// What is wrong with rows that were taken, or with those that were refused, in the order of the file.
  func faultPage(
    of id: ImportID,
    taken isTaken: Bool,
    _ page: PageRequest
  ) throws -> Page<ImportRowFault> {
    try self.page(
      "line, heading, field, reason, reason_code, value, object, suggestion",
      from: "import_faults",
      where: "import_id = \(id) AND is_created = \(isTaken)",
      by: Keyset([.ascending("line")], unique: "part"),
      page,
      bound: ["\(id)", "\(isTaken)"]
    ) { row in
      var fault = ImportRowFault(
        line: try row.next(),
        heading: try row.next(),
        field: try row.next(),
        reason: try row.next(),
        isTaken: isTaken
      )
      let code = try row.next(Int.self)
      let cause = ImportValueFault(
        field: fault.field,
        rule: fault.reason,
        code: ImportFaultReason(rawValue: Int32(truncatingIfNeeded: code)),
        value: try row.next(),
        object: try row.next(),
        suggestion: try row.next()
      )
      if cause.code != .unspecified { fault.cause = cause }
      return fault
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
}

extension SystemReadTransaction {
  /// Tenants with an import whose content did not arrive in time, or whose content is no longer needed.
  func tenantsToSweep(at now: Timestamp) throws -> [TenantID] {
    let late: SQL = """
      SELECT DISTINCT tenant_id FROM imports
      WHERE state IN ('receiving', 'ready') AND create_time <= \(now - ImportLimits.receivingTime)
        OR state = 'paused' AND start_time <= \(now - ImportLimits.pausedTime)
      """
    let ended: SQL = "imports.state IN (\(ImportJob.endedStates))"
    let old: SQL = "imports.end_time <= \(now - ImportLimits.keepTime)"
    let unneeded = [
      ("import_chunks", ended), ("import_converted", ended), ("import_effects", old),
      ("import_rows_kept", old), ("import_faults", old), ("import_row_remarks", old),
    ]
    .map { name, condition -> SQL in
      let table = SQL(name: name)
      return """
        SELECT DISTINCT \(table).tenant_id FROM \(table)
        JOIN imports ON imports.tenant_id = \(table).tenant_id AND imports.id = \(table).import_id
        WHERE \(condition)
        """
    }
    return try rows(([late] + unneeded).joined(by: " UNION ")) { row in try row.next() }
  }

  /// Imports of a kind of record that the service works on, of all tenants.
  func runningImports(of object: String) throws -> [(tenant: TenantID, id: ImportID)] {
    try rows(
      """
      SELECT tenant_id, id FROM imports
      WHERE state IN ('surveying', 'running', 'undoing') AND object = \(object) ORDER BY start_time
      """
    ) { row in (try row.next(), try row.next()) }
  }
}

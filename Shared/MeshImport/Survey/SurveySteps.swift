import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTables
import RecordsAPI
import TypeAPI

/// What a survey reads: the file as it came, or its converted rows.
private struct SurveyedContent: Sendable {
  let isConverted: Bool
  let bytes: Int
  /// What the rows were in; nil for a text.
  let container: TableReading?
}

/// What a survey found.
private struct Survey: Sendable {
  let mapping: ImportMapping
  let reading: ImportReading
  let start: RowPosition
}

extension ImportSteps {
  /// Reads a whole file, to see what is in it; afterwards its import is ready or goes on.
  ///
  /// Its progress is kept in memory only: after a restart it begins again.
  ///
  /// - Returns: whether there is more to do.
  @LoopActor
  func survey(_ job: ImportJob, _ tenant: TenantID) async throws -> Bool {
    do {
      guard let job = try await wholeJob(job.id, tenant), job.state == .surveying else {
        return false
      }
      try await plan.prepare(tenant, store)
      try await clear(job.id, tenant)
      let content = try await content(of: job, tenant)
      let survey = try await survey(job, content, tenant)
      return try await settle(job.id, survey, content, tenant)
    } catch let fault as ContainerFault {
      try await fail(job.id, tenant, "the file \(fault.text)")
    } catch let error as MeshError where error.isFaultOfFile {
      // A slow database says nothing about the file.
      try await fail(job.id, tenant, error.violations.first?.description ?? error.message)
    }
    return false
  }

  /// Deletes what an earlier survey left.
  private func clear(_ id: ImportID, _ tenant: TenantID) async throws {
    try await write(tenant) { try $0.clearReport(of: id) }
    while try await write(tenant, { try $0.deleteContent(of: id, in: "import_converted") }) {}
  }

  // MARK: Conversion

  /// The rows of a file as text; converts them where it is none.
  @LoopActor
  private func content(of job: ImportJob, _ tenant: TenantID) async throws -> SurveyedContent {
    let sample = try await window(
      of: job.id,
      size: job.receivedBytes,
      converted: false,
      from: 0,
      atLeast: FileKind.sampleSize,
      tenant
    )
    let kind = FileKind.of(sample.bytes)
    if kind == .text {
      return SurveyedContent(isConverted: false, bytes: job.receivedBytes, container: nil)
    }
    let conversion = ContentConversion()
    var offset = 0
    while offset < job.receivedBytes {
      let part = try await window(
        of: job.id,
        size: job.receivedBytes,
        converted: false,
        from: offset,
        atLeast: 1,
        tenant
      )
      if part.bytes.isEmpty { break }
      offset += part.bytes.count
      try await BlockingPool.shared.run { try conversion.append(part.bytes) }
    }
    let sheet = job.choices.sheet
    let converted = try await BlockingPool.shared.run { try conversion.convert(part: sheet) }
    try await keep(conversion, converted.bytes, job.id, tenant)
    return SurveyedContent(
      isConverted: true,
      bytes: converted.bytes,
      container: converted.reading
    )
  }

  /// Stores the converted rows, a chunk in each transaction.
  @LoopActor
  private func keep(
    _ conversion: ContentConversion,
    _ size: Int,
    _ id: ImportID,
    _ tenant: TenantID
  ) async throws {
    var offset = 0
    while offset < size {
      let place = offset
      let chunk = try await BlockingPool.shared.run {
        try conversion.bytes(at: place, count: ImportLimits.convertedChunkBytes)
      }
      if chunk.isEmpty { break }
      try await write(tenant) { transaction in
        guard try transaction.importJob(id)?.state == .surveying else { return }
        try transaction.appendContent(chunk, to: id, at: place, converted: true)
      }
      offset += chunk.count
    }
  }

  // MARK: Reading

  @LoopActor
  private func survey(
    _ job: ImportJob,
    _ content: SurveyedContent,
    _ tenant: TenantID
  ) async throws -> Survey {
    let schema = plan.schema(of: tenant)
    let relations = Set(plan.relations.keys)
    let format = try await format(of: job, content, schema, tenant)
    let system = job.mapping.sourceSystem
    let header = HeaderReading(format.headings, plan.systems, schema, relations, from: system)
    let mapping = job.mapping.completed(by: header.suggested)
    let columns = try header.columns(of: mapping, schema, relations)
    let identifier = try identifier(of: mapping, header)
    let listed = Set(plan.relations.filter { $0.value.isList }.keys)
    let surveys = columns.map { column in
      ColumnSurvey(
        column,
        isIdentifier: column.index == identifier,
        isListed: column.field.map { $0.isListed || listed.contains($0.name) } ?? false
      )
    }
    let pass = SurveyPass(format, surveys)
    try await run(pass, from: format.dataOffset, job, content, tenant)
    let conventions = try await conventions(of: job, tenant)
    let result = pass.result
    var reading = SurveyReport(header, mapping, format, content.container, identifier)
      .reading(result, region: conventions.region)
    try await judge(&reading, result, mapping, listed, tenant)
    return Survey(mapping: mapping, reading: reading, start: format.start)
  }

  /// How the file is written, by its first MiB.
  private func format(
    of job: ImportJob,
    _ content: SurveyedContent,
    _ schema: RecordSchema,
    _ tenant: TenantID
  ) async throws -> TableFormat {
    let sample = try await window(
      of: job.id,
      size: content.bytes,
      converted: content.isConverted,
      from: 0,
      atLeast: TableProbe.sampleBytes,
      tenant
    )
    let known = SourceTables.known.headings(for: schema, relations: Set(plan.relations.keys))
    let format = await BlockingPool.shared.run {
      TableProbe(sample.bytes, isWhole: sample.isRest) { known.contains($0) }.format()
    }
    try Self.check(format)
    return format
  }

  /// - Throws: INVALID_ARGUMENT for a file without rows, or a heading that cannot be one; RESOURCE_EXHAUSTED for too
  ///   many columns.
  private static func check(_ format: TableFormat) throws(MeshError) {
    let headings = format.headings
    if headings.isEmpty {
      throw .invalid("content", "must begin with a header row, but is empty")
    }
    let columns = Limit.importColumns
    let count = max(headings.count, format.columnsInAll)
    guard count <= columns.most else {
      throw columns.reached(
        "the header row has \(count) columns; a file may have at most \(columns.most) "
          + "(\(columns.name)): leave out those that no field is filled from"
      )
    }
    guard headings.allSatisfy(\.isStreamSafe) else {
      let most = String.mostCombiningMarks
      throw .invalid("content", "a heading has more than \(most) combining marks in a row")
    }
    let bytes = ImportLimits.headingBytes
    if let place = headings.firstIndex(where: { $0.utf8.count > bytes }) {
      throw .invalid(
        "content",
        "column \(place + 1): the heading must have at most \(bytes) bytes; is the first line a header?"
      )
    }
  }

  /// The place of the column that identifies rows; nil for none.
  private func identifier(
    of mapping: ImportMapping,
    _ header: HeaderReading
  ) throws(MeshError) -> Int? {
    guard let name = mapping.externalID else { return nil }
    guard let place = header.place(of: name, nil) else {
      throw .invalid(
        "external_id_column",
        "names a column that the file does not have: “\(name)”"
      )
    }
    return place
  }

  @LoopActor
  private func run(
    _ pass: SurveyPass,
    from start: Int,
    _ job: ImportJob,
    _ content: SurveyedContent,
    _ tenant: TenantID
  ) async throws {
    var offset = start
    var isLast = false
    while !isLast {
      let part = try await window(
        of: job.id,
        size: content.bytes,
        converted: content.isConverted,
        from: offset,
        atLeast: ImportLimits.convertedChunkBytes,
        tenant
      )
      offset += part.bytes.count
      let isRest = part.isRest || part.bytes.isEmpty
      isLast = isRest
      await BlockingPool.shared.run { pass.take(part.bytes, isLast: isRest) }
    }
  }

  // MARK: Judging

  /// Adds the values that lists do not have, and the owners who are not found.
  private func judge(
    _ reading: inout ImportReading,
    _ result: SurveyPass.Result,
    _ mapping: ImportMapping,
    _ listed: Set<String>,
    _ tenant: TenantID
  ) async throws {
    let (plan, columns) = (plan, result.columns)
    let found = try await store.read(tenant, priority: .background) { transaction in
      var names = ImportNames(transaction, from: mapping.sourceSystem, suggests: false)
      var new: [ImportNewValue] = []
      var unknown: [ImportUnknownOwner] = []
      for column in columns {
        guard let field = column.column.field else { continue }
        for entry in column.values {
          let text = mapping.replacement(of: entry.text, in: column.column) ?? entry.text
          if text.isEmpty { continue }
          if let relation = plan.relations[field.name], listed.contains(field.name) {
            if try names.match(TextForm.cleaned(text), relation).ids.count == 1 { continue }
            unknown.append(ImportUnknownOwner(value: entry.text, rows: Int64(entry.rows)))
          } else if try !plan.has(text, in: field, transaction) {
            new.append(
              ImportNewValue(field: field.name, value: entry.text, rows: Int64(entry.rows))
            )
          }
        }
      }
      return (new: new, unknown: unknown)
    }
    reading.newValues = found.new
    reading.unknownOwners = found.unknown
  }

  /// Saves what was found.
  ///
  /// - Returns: whether there is more to do.
  private func settle(
    _ id: ImportID,
    _ survey: Survey,
    _ content: SurveyedContent,
    _ tenant: TenantID
  ) async throws -> Bool {
    try await write(tenant) { transaction in
      guard let before = try transaction.wholeImport(id), before.state == .surveying else {
        return false
      }
      var job = before
      job.convertedBytes = content.isConverted ? content.bytes : nil
      job.settle(survey.mapping, survey.reading, survey.start)
      try transaction.saveColumns(of: job)
      return try transaction.save(job, before: before, plan).state == .running
    }
  }
}

extension RecordField {
  /// Whether its values are those of a tenant's list.
  fileprivate var isListed: Bool { !rule.picklist.isEmpty }
}

extension MeshError {
  /// Whether it says something about the file rather than about the service.
  fileprivate var isFaultOfFile: Bool {
    reason != .tooExpensive && [.invalidArgument, .resourceExhausted].contains(code)
  }
}

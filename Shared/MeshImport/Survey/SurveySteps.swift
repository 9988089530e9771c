package import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTables
import RecordsAPI
import TypeAPI

// The parts of a survey.
extension ImportSteps {
  /// Reads a whole file, to see what is in it; afterwards its import is ready or goes on.
  ///
  /// - Returns: whether it goes on.
  @Home
  package func survey(_ job: ImportJob, _ tenant: TenantID) async throws -> Bool {
    let survey = SurveyWork(self, job.id, tenant)
    while true {
      switch try await survey.step() {
      case .more: continue
      case .later(let pause): try await sleep(for: pause)
      case .goesOn: return true
      case .ended: return false
      }
    }
  }

  /// Deletes what an earlier survey left.
  func clear(_ id: ImportID, _ tenant: TenantID) async throws {
    try await write(tenant) { try $0.clearReport(of: id) }
    while try await write(tenant, { try $0.deleteContent(of: id, in: "import_converted") }) {}
  }

  // MARK: Reading

  /// What the columns of a file are, by its first MiB.
  ///
  /// - Parameters:
  ///   - job: the import.
  ///   - content: what is read.
  ///   - evidence: of the encoding, from all bytes; nil to settle it by the first MiB.
  ///   - tenant: the one that the file belongs to.
  /// - Returns: the columns; nothing is read of the rows yet.
  /// - Throws: INVALID_ARGUMENT for a file or a mapping that says nothing; RESOURCE_EXHAUSTED for too many columns.
  func columns(
    of job: ImportJob,
    _ content: SurveyedContent,
    _ evidence: EncodingEvidence?,
    _ tenant: TenantID
  ) async throws -> SurveyedColumns {
    let schema = plan.schema(of: tenant)
    let relations = Set(plan.relations.keys)
    let (format, unsettled) = try await format(of: job, content, evidence, schema, tenant)
    let chosen = job.mapping
    typealias Found = (header: Header, mapping: ImportMapping, columns: [SettledColumn])
    let (header, mapping, columns) = try await BlockingPool.shared
      .run { () throws(MeshError) -> Found in
        let header = Header(
          format.headings,
          schema,
          relations,
          from: chosen.sourceSystem
        )
        let mapping = chosen.completed(by: header.suggested)
        return (header, mapping, try header.columns(of: mapping, schema, relations))
      }
    let identifier = try identifier(of: mapping, header)
    return SurveyedColumns(
      format: format,
      header: header,
      mapping: mapping,
      identifier: identifier,
      pass: SurveyPass(format, surveys(of: columns, identifier), unsettled: unsettled)
    )
  }

  /// What is looked for in each column.
  private func surveys(of columns: [SettledColumn], _ identifier: Int?) -> [ColumnSurvey] {
    let lists = Set(plan.relations.filter { $0.value.isList }.keys)
    let watched = columns.filter { column in
      column.field.map { $0.isListed || lists.contains($0.name) } ?? false
    }.prefix(ImportLimits.listedColumns)
    return columns.map { column in
      var naming: [SettledColumn] = []
      if let name = column.field?.name, lists.contains(name) {
        naming = watched.filter { $0.field?.name == name }
          .sorted { ($0.preference, $0.index) < ($1.preference, $1.index) }
      }
      let isWatched = watched.contains { $0.index == column.index }
      return ColumnSurvey(
        column,
        isIdentifier: column.index == identifier,
        isListed: isWatched && naming.isEmpty,
        naming: naming.first?.index == column.index ? naming : []
      )
    }
  }

  /// How the file is written, by its first MiB; with the evidence of its encoding where that leaves it open.
  private func format(
    of job: ImportJob,
    _ content: SurveyedContent,
    _ evidence: EncodingEvidence?,
    _ schema: RecordSchema,
    _ tenant: TenantID
  ) async throws -> (format: TableFormat, unsettled: EncodingEvidence?) {
    let sample = try await window(
      of: job.id,
      size: content.bytes,
      converted: content.isConverted,
      from: 0,
      atLeast: TableProbe.sampleBytes,
      tenant
    )
    let known = SourceTables.known.headings(for: schema, relations: Set(plan.relations.keys))
    typealias Found = (format: TableFormat, unsettled: EncodingEvidence?)
    let found = await BlockingPool.shared.run { () -> Found in
      var own = EncodingEvidence()
      if evidence == nil { own.add(sample.bytes) }
      let probe = TableProbe(sample.bytes, isWhole: sample.isRest, evidence: evidence ?? own) {
        known.contains($0)
      }
      // Text of ASCII alone says nothing of what follows.
      let isOpen = evidence == nil && !sample.isRest && own.isASCII
      return (format: probe.format(), unsettled: isOpen ? own : nil)
    }
    try Self.check(found.format)
    return found
  }

  /// - Throws: INVALID_ARGUMENT for a file without rows, or a heading that cannot be one; RESOURCE_EXHAUSTED for too
  ///   many columns.
  private static func check(_ format: TableFormat) throws(MeshError) {
    let headings = format.headings
    if headings.isEmpty {
      throw .invalid("content", "the file is empty: it has no header row")
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
    let all = ImportLimits.headingsBytes
    guard headings.reduce(0, { $0 + $1.utf8.count }) <= all else {
      throw .invalid("content", "the headings must have at most \(all >> 10) KiB together")
    }
  }

  /// The place of the column that identifies rows; nil for none.
  private func identifier(
    of mapping: ImportMapping,
    _ header: Header
  ) throws(MeshError) -> Int? {
    guard let name = mapping.externalID else { return nil }
    guard let place = header.place(of: name, nil) else {
      throw .invalid(
        "external_id_column",
        "the file has no column “\(name)”"
      )
    }
    return place
  }

  // MARK: Judging

  /// The reading of a file that was gone through.
  func reading(
    of job: ImportJob,
    _ content: SurveyedContent,
    _ columns: SurveyedColumns,
    _ tenant: TenantID
  ) async throws -> ImportReading {
    let conventions = try await conventions(of: job, tenant)
    let result = columns.pass.result
    let report = SurveyReport(
      columns.header,
      columns.mapping,
      columns.format,
      content.container,
      columns.identifier
    )
    var reading = report.reading(result, region: conventions.region)
    try await judge(&reading, result, columns.mapping, try person(of: job, tenant), tenant)
    try await leaveOutReason(&reading, tenant)
    return reading
  }

  /// Adds the values that lists do not have, and the owners who are not found.
  private func judge(
    _ reading: inout ImportReading,
    _ result: SurveyPass.Result,
    _ mapping: ImportMapping,
    _ person: ImportPerson,
    _ tenant: TenantID
  ) async throws {
    let (plan, columns) = (plan, result.columns)
    let found = try await store.read(tenant, priority: .background) { transaction in
      var names = ImportNames(
        transaction,
        from: mapping.sourceSystem,
        as: person,
        suggests: false
      )
      var new: [ImportNewValue] = []
      var unknown: [ImportUnknownOwner] = []
      var counts: [String: Int] = [:]
      for column in columns {
        guard let field = column.column.field else { continue }
        if let relation = plan.relations[field.name] {
          unknown += try names.unknown(in: column, relation, mapping)
          continue
        }
        for entry in column.values {
          // Several columns may fill one field.
          if counts[field.name, default: 0] >= ImportLimits.listedValues { break }
          let text = mapping.replacement(of: entry.text, in: column.column) ?? entry.text
          if try text.isEmpty || plan.has(text, in: field, transaction) { continue }
          new.append(
            ImportNewValue(
              field: field.name,
              value: entry.text,
              rows: Int64(entry.rows),
              leftOut: !plan.extensibleLists.contains(field.name)
            )
          )
          counts[field.name, default: 0] += 1
        }
      }
      return (new: new, unknown: unknown)
    }
    reading.newValues = found.new
    reading.unknownOwners = found.unknown
  }

  /// Saves what was found.
  ///
  /// - Returns: whether the import goes on by itself.
  func settle(
    _ id: ImportID,
    _ reading: ImportReading,
    _ columns: SurveyedColumns,
    _ content: SurveyedContent,
    _ tenant: TenantID
  ) async throws -> Bool {
    @Sendable func settled(_ before: ImportJob) -> ImportJob {
      var job = before
      job.convertedBytes = content.isConverted ? content.bytes : nil
      job.settle(columns.mapping, reading, columns.format.start)
      return job
    }
    guard let known = try await wholeJob(id, tenant), known.state == .surveying else {
      return false
    }
    // Whoever sees that it is ready sees its first rows, too.
    let likely = settled(known)
    let samples = await likely.state == .ready ? preview(of: likely, tenant) : nil
    return try await write(tenant) { transaction in
      guard let before = try transaction.wholeImport(id), before.state == .surveying else {
        return false
      }
      var job = settled(before)
      if job.state == .ready { job.reading?.samples = samples ?? [] }
      try transaction.saveColumns(of: job)
      if job.state == .ready {
        try transaction.cancelReadyImports(besides: id, of: job.creator, plan)
      }
      return try transaction.save(job, before: before, plan).state == .running
    }
  }
}

extension ImportNames {
  /// The texts of rows in which no column names anybody, the commonest first.
  fileprivate mutating func unknown(
    in column: ColumnSurvey,
    _ relation: ImportRelation,
    _ mapping: ImportMapping
  ) throws -> [ImportUnknownOwner] {
    var unknown: [ImportUnknownOwner] = []
    for entry in column.names {
      var isKnown = false
      var texts: [String] = []
      for (text, place) in zip(entry.texts, column.naming) where !isKnown {
        let name = mapping.replacement(of: text, in: place) ?? text
        if name.isEmpty { continue }
        isKnown = try match(TextForm.cleaned(name), relation).ids.count == 1
        texts.append(text)
      }
      for text in isKnown ? [] : texts {
        if let place = unknown.firstIndex(where: { $0.value == text }) {
          unknown[place].rows += Int64(entry.rows)
        } else if unknown.count < ImportLimits.listedValues {
          unknown.append(ImportUnknownOwner(value: text, rows: Int64(entry.rows)))
        }
      }
    }
    return unknown.enumerated().sorted { left, right in
      (right.element.rows, left.offset) < (left.element.rows, right.offset)
    }
    .map(\.element)
  }
}

extension RecordField {
  /// Whether its values are those of a tenant's list.
  fileprivate var isListed: Bool { !rule.picklist.isEmpty }
}

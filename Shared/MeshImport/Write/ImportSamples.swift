import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
import TypeAPI

// The preview of an import that is ready: its first rows as they would be stored by what is chosen. They are made once
// for each mapping and choice, and kept with the reading.
extension ImportSteps {
  /// Makes the preview of an import that is ready and has none, and keeps it.
  ///
  /// - Returns: the import; as it was where the preview cannot be made, or somebody was faster.
  @LoopActor
  func previewed(_ job: ImportJob, _ tenant: TenantID) async -> ImportJob {
    guard job.state == .ready, job.reading?.samples.isEmpty == true,
      let samples = await preview(of: job, tenant)
    else { return job }
    var shown = job
    shown.reading?.samples = samples
    let (id, version, reading) = (job.id, job.version, shown.reading)
    do {
      try await write(tenant) { transaction in
        guard let now = try transaction.importJob(id), now.version == version else { return }
        try transaction.save(reading, of: id)
      }
      return shown
    } catch {
      return job
    }
  }

  /// The first rows as they would be stored; nil where that cannot be said now, which costs the import nothing.
  @LoopActor
  func preview(of job: ImportJob, _ tenant: TenantID) async -> [ImportSample]? {
    do {
      return try await samples(of: job, tenant)
    } catch {
      return nil
    }
  }

  /// Writes the first rows of a file as a batch does, and takes all of it back.
  ///
  /// - Parameters:
  ///   - job: an import that was read.
  ///   - tenant: the import's.
  /// - Returns: what would become of each row; none where no column fills a field.
  /// - Throws: `StoreError`; what prevents the service from deciding.
  @LoopActor
  private func samples(of job: ImportJob, _ tenant: TenantID) async throws -> [ImportSample] {
    let conventions = try await conventions(of: job, tenant)
    guard let file = try await file(of: job, tenant, conventions),
      job.reading?.columns.contains(where: { !$0.field.isEmpty }) == true
    else { return [] }
    let few = ImportSteps(
      plan: plan,
      store: store,
      actor: actor,
      batchRows: ImportLimits.samples,
      gate: gate
    )
    // A row may be longer than anybody wants to wait for.
    guard let read = try await few.batch(of: job, file, tenant) else { return [] }
    return try await store.write(
      tenant,
      as: author(of: job),
      lock: plan.lock,
      priority: .background
    ) { transaction in
      let intake = try read.makeIntake(transaction, job)
      let reach = try reach(of: job, transaction)
      var writer = try ImportWriter(transaction, plan, job, intake, file.reader, reach)
      return try transaction.attempt(rehearsing: true) { try writer.samples(of: read.batch) }
    }
  }
}

extension ImportWriter {
  /// Writes the rows of a batch, to be taken back afterwards.
  mutating func samples(of batch: ImportBatch<Plan.Record>) throws -> [ImportSample] {
    try find(batch.rows)
    var samples: [ImportSample] = []
    for (place, row) in batch.rows.enumerated() {
      let (before, remarks, faults) = (job.progress, rowRemarks.count, self.faults.count)
      try write(row, at: place)
      let outcome = job.progress.outcome(since: before)
      var shown: [ImportSampleValue] = []
      if let record = written,
        try outcome == .created || reach.mayRead(record)
      {
        shown = values(of: record, row)
      }
      samples.append(
        ImportSample(
          line: Int64(row.line),
          values: shown,
          remarks: rowRemarks[remarks...].prefix(ImportLimits.sampleRemarks)
            .map { ImportRowRemark($0.remark) },
          refusal: self.faults[faults...].map { $0.fault.words }.joined(separator: "; "),
          outcome: outcome
        )
      )
    }
    return samples
  }

  /// What a record has of the fields that people fill, in words.
  private func values(of record: Plan.Record, _ row: ImportRow<Plan.Record>)
    -> [ImportSampleValue]
  {
    var values: [ImportSampleValue] = []
    let visible = reach.fields.visible
    for field in schema.fields where field.isInput && visible.contains(field) {
      if values.count == ImportLimits.sampleValues { break }
      let value = record.value(of: field)
      // A flag that the file says nothing of, and the id of a record that it does not name, say nothing to people.
      if value.isNone || value == .bool(false) && !row.filled.contains(field.name) { continue }
      let text: String
      if case .id = value {
        text = row.source.names[field.name] ?? ""
      } else {
        text = value.words
      }
      if text.isEmpty { continue }
      values.append(
        ImportSampleValue(
          field: field.name,
          label: field.label,
          value: String(text.prefix(ImportLimits.sampleCharacters)),
          column: reader.heading(of: field.name)
        )
      )
    }
    return values
  }
}

extension ImportJob {
  /// The import as a caller may see its preview.
  ///
  /// - Parameters:
  ///   - visible: the fields of the records that the caller sees.
  ///   - knowsAll: whether they created the import, or may read every record that it is about.
  ///   - schema: of the records.
  /// - Returns: without a preview unless the import is ready.
  func showing(_ visible: FieldSet, knowsAll: Bool, _ schema: RecordSchema) -> ImportJob {
    var job = self
    guard state == .ready, var samples = reading?.samples else {
      job.reading?.samples = []
      return job
    }
    for place in samples.indices {
      if !knowsAll, samples[place].outcome != .created {
        samples[place].values = []
        samples[place].remarks = []
      }
      samples[place].values.removeAll { schema[$0.field].map(visible.contains) != true }
    }
    job.reading?.samples = samples
    return job
  }
}

extension ImportProgress {
  /// What became of the row that was written since.
  fileprivate func outcome(since before: ImportProgress) -> ImportRowOutcome {
    if refused > before.refused { return .refused }
    if created > before.created { return .created }
    if updated > before.updated { return .updated }
    return restored > before.restored ? .restored : .unchanged
  }
}

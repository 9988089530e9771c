import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
import TypeAPI

// The preview of an import that is ready: its first rows as they would be stored by what is chosen now.
extension ImportSteps {
  /// Writes the first rows of a file as a batch does, and takes all of it back.
  ///
  /// - Parameters:
  ///   - job: an import that was read.
  ///   - tenant: the import's.
  /// - Returns: what would become of each row; none where no column fills a field.
  /// - Throws: `StoreError`; what prevents the service from deciding.
  @LoopActor
  func samples(of job: ImportJob, _ tenant: TenantID) async throws -> [ImportSample] {
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
    return try await store.write(tenant, as: author(of: job), lock: plan.lock) { transaction in
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
      let (before, remarks, problems) = (job.progress, rowRemarks.count, self.problems.count)
      try write(row, at: place)
      let outcome = job.progress.outcome(since: before)
      var shown: [ImportSampleValue] = []
      if let record = written,
        try outcome == "created" || reach.includes(record, in: transaction)
      {
        shown = values(of: record, row)
      }
      samples.append(
        ImportSample(
          line: Int64(row.line),
          values: shown,
          remarks: rowRemarks[remarks...].prefix(ImportLimits.sampleRemarks)
            .map { ImportRowRemark($0.remark) },
          refusal: self.problems[problems...].map { $0.problem.words }.joined(separator: "; "),
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
    for field in schema.fields where field.isInput && values.count < ImportLimits.sampleValues {
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

extension RowProblem {
  /// What is wrong, after the column or field at fault.
  var words: String {
    let place = heading.isEmpty ? field : heading
    return place.isEmpty ? reason : "\(place): \(reason)"
  }
}

extension ImportProgress {
  /// What became of the row that was written since.
  fileprivate func outcome(since before: ImportProgress) -> String {
    if refused > before.refused { return "refused" }
    if created > before.created { return "created" }
    if updated > before.updated { return "updated" }
    return restored > before.restored ? "restored" : "unchanged"
  }
}

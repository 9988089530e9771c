import MeshAccess
package import MeshCore
package import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore
import MeshTables
import RecordsAPI
package import TypeAPI

/// The steps of an import, each of which begins and ends in a durable state.
package struct ImportSteps<Plan: ImportPlan>: Sendable {
  /// Where its methods run, stated because the compiler notices their attributes only in some orders of files.
  package typealias Home = LoopActor
  package typealias File = ImportFile<Plan.Record>
  typealias Read = ReadBatch<Plan.Record>

  let plan: Plan
  let store: Store
  /// The service's name in the change log: `system:leads`.
  let actor: String
  /// Rows in one transaction.
  let batchRows: Int
  /// Says which records whoever imports may change.
  let gate: AccessGate

  /// How the file of a running import is read.
  ///
  /// - Returns: nil when the import is not running, or has just failed.
  package func open(_ id: ImportID, of tenant: TenantID) async throws -> File? {
    guard let job = try await wholeJob(id, tenant), job.state == .running else { return nil }
    let conventions = try await conventions(of: job, tenant)
    do throws(MeshError) {
      return try await file(of: job, tenant, conventions)
    } catch {
      let reason = error.violations.first?.description ?? error.message
      try await fail(job.id, tenant, reason)
      return nil
    }
  }

  /// How the file of an import that was read is read; nil for one that was not.
  ///
  /// - Throws: INVALID_ARGUMENT when the mapping names a column that the file lacks.
  func file(
    of job: ImportJob,
    _ tenant: TenantID,
    _ conventions: ImportConventions
  ) async throws(MeshError) -> File? {
    guard let reading = job.reading, let format = reading.tableFormat else { return nil }
    let (plan, schema) = (plan, plan.schema(of: tenant))
    let reader = try await BlockingPool.shared
      .run { () throws(MeshError) -> RowReader<Plan.Record> in
        try RowReader(job, reading, plan, schema, conventions)
      }
    return File(reader: reader, format: format, conventions: conventions)
  }

  /// Reads a batch of rows and makes their records.
  ///
  /// - Returns: whether there is more to do.
  @LoopActor
  package func advance(
    _ id: ImportID,
    of tenant: TenantID,
    _ file: File
  ) async throws -> Bool {
    guard let job = try await job(id, tenant), job.state == .running else { return false }
    let found = try await file.ahead.batch(at: job.progress.bytes) {
      try await batch(of: job, file, tenant)
    }
    // Other imports have their turn while a row is as long as that.
    guard let read = found else { return true }
    if !read.batch.isLast {
      var next = job
      next.progress.position = read.batch.end
      file.ahead.begin(at: next.progress.bytes) { [next] in
        try await self.batch(of: next, file, tenant)
      }
    }
    try await plan.prepare(tenant, store)
    return try await write(read, job, file, tenant)
  }

  /// Makes the records of a batch, unless the import is elsewhere by now.
  ///
  /// - Returns: whether there is more to do.
  func write(
    _ read: Read,
    _ job: ImportJob,
    _ file: File,
    _ tenant: TenantID
  ) async throws -> Bool {
    try await store.write(tenant, as: author(of: job), lock: plan.lock, priority: .background) {
      transaction in
      guard let now = try transaction.importJob(job.id), now.state == .running,
        now.progress.bytes == job.progress.bytes
      else { return false }
      if let reason = try plan.reasonToStop(now, transaction) {
        var stopped = now
        stopped.fail(reason)
        _ = try transaction.save(stopped, before: now, plan)
        return false
      }
      let intake = try read.makeIntake(transaction, now)
      let reach = try reach(of: now, transaction)
      var writer = try ImportWriter(transaction, plan, now, intake, file.reader, reach)
      return try writer.write(read.batch).state == .running
    }
  }

  /// The service works on behalf of whoever created the import.
  func author(of job: ImportJob) -> Author {
    Author(actor: actor, onBehalfOf: job.onBehalfOf?.description)
  }

  /// The rows of a file from where an import is.
  ///
  /// - Returns: nil when no row is complete after as much as one step reads; the next call goes on there.
  func batch(
    of job: ImportJob,
    _ file: File,
    _ tenant: TenantID
  ) async throws -> Read? {
    try await plan.prepare(tenant, store)
    let place = job.progress.position
    let begun = await file.begun.take(at: place)
    let reader = begun ?? BatchReader<Plan.Record>(file.format, at: place)
    for _ in 0..<ImportLimits.windowsOfStep {
      let offset = reader.offset
      let window = try await file.content.bytes(from: offset) {
        try await self.window(
          of: job.id,
          size: job.contentBytes,
          converted: job.convertedBytes != nil,
          from: offset,
          atLeast: ImportLimits.windowBytes,
          tenant
        )
      }
      let (plan, rows) = (plan, batchRows)
      // Parsing rows, above all phone numbers, takes time, so it runs off the loop.
      let read: Read? = await BlockingPool.shared
        .run {
          let batch = reader.read(
            window.bytes,
            isRest: window.isRest,
            limit: rows,
            file.reader
          )
          return batch.map { batch in
            Read(batch: batch, makeIntake: plan.intake(of: batch.rows, tenant, file.conventions))
          }
        }
      if let read { return read }
    }
    await file.begun.keep(reader)
    return nil
  }

  /// The bytes of an import's content from an offset on: at least `count`, or all the rest.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - size: of the whole content.
  ///   - isConverted: whether of its converted rows instead of the file as it came.
  ///   - offset: of the first byte.
  ///   - count: how many are needed.
  ///   - tenant: the import's.
  /// - Returns: the bytes, and whether none follow.
  /// - Throws: `StoreError`.
  func window(
    of id: ImportID,
    size: Int,
    converted isConverted: Bool,
    from offset: Int,
    atLeast count: Int,
    _ tenant: TenantID
  ) async throws -> (bytes: [UInt8], isRest: Bool) {
    let bytes = try await store.read(tenant, priority: .background) { transaction in
      try transaction.importContent(
        of: id,
        from: offset,
        atLeast: max(count, ImportLimits.windowBytes),
        converted: isConverted
      )
    }
    return (bytes, offset + bytes.count >= size)
  }

  func conventions(of job: ImportJob, _ tenant: TenantID) async throws -> ImportConventions {
    try await store.read(tenant, priority: .background) { try plan.conventions($0) }
  }

  /// Ends imports that nobody continued in time, and deletes content and reports that are no longer needed, a
  /// little per transaction.
  func sweep() async throws {
    let now = store.clock.now
    let tenants = try await store.systemRead(priority: .background) {
      try $0.tenantsToSweep(at: now)
    }
    for tenant in tenants {
      try await write(tenant) { try $0.expireImports(plan) }
      while try await write(tenant, { try $0.sweepContent() }) {}
    }
    if !plan.namesItsKind { return }
    let linked = try await store.systemRead(priority: .background) {
      try $0.tenantsWithOldLinks()
    }
    for tenant in linked {
      while try await write(tenant, { try $0.sweepLinks() }) {}
    }
  }

  package func job(_ id: ImportID, _ tenant: TenantID) async throws -> ImportJob? {
    try await store.read(tenant, priority: .background) { try $0.importJob(id) }
  }

  /// An import with its mapping and reading.
  func wholeJob(_ id: ImportID, _ tenant: TenantID) async throws -> ImportJob? {
    try await store.read(tenant, priority: .background) { try $0.wholeImport(id) }
  }

  /// Writes as the service itself, without a caller who waits.
  @discardableResult
  func write<Value: Sendable>(
    _ tenant: TenantID,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Value
  ) async throws -> Value {
    try await store.write(tenant, as: Author(actor: actor), priority: .background, body)
  }

  func fail(_ id: ImportID, _ tenant: TenantID, _ reason: String) async throws {
    try await write(tenant) { transaction in
      guard let before = try transaction.importJob(id), before.state.isAtWork else { return }
      var job = before
      job.fail(reason)
      _ = try transaction.save(job, before: before, plan)
    }
  }
}

package import MeshAccess
package import MeshCore
import MeshCrypto
package import MeshLoop
import MeshProto
package import MeshRPC
import MeshRecords
package import MeshStore
package import RecordsAPI
package import TypeAPI

/// Imports of one kind of record: created, uploaded in chunks, read as a whole, started, and processed in the
/// background, also across restarts of the service.
package struct ImportEngine<Plan: ImportPlan>: Sendable {
  /// Where its methods run, stated because the compiler notices their attributes only in some orders of files.
  package typealias Home = LoopActor
  let plan: Plan
  let store: Store
  private let gate: AccessGate
  let runner: ImportRunner<Plan>
  /// The steps that the runner executes.
  let steps: ImportSteps<Plan>

  /// - Parameters:
  ///   - plan: the service's rules for its files.
  ///   - store: stores the imports and their records.
  ///   - gate: says who reaches the imports of others.
  ///   - service: the service's name, for the change log.
  ///   - failed: called for each step that failed and will be retried, with its error; without an import if the
  ///     list of running imports could not be read.
  @LoopActor
  package init(
    _ plan: Plan,
    _ store: Store,
    _ gate: AccessGate,
    service: String,
    failed: @escaping @Sendable (ImportID?, any Error) -> Void
  ) {
    self.plan = plan
    self.store = store
    self.gate = gate
    steps = ImportSteps(
      plan: plan,
      store: store,
      actor: "system:\(service)",
      batchRows: ImportLimits.batchRows,
      gate: gate
    )
    runner = ImportRunner(steps, failed: failed)
  }

  /// Processes imports until cancelled.
  @LoopActor
  package func run() async { await runner.run() }

  /// Whose imports a caller may do something with: their own, or nil for those of everybody.
  func creator(_ call: Call, _ action: RecordAction) -> String? {
    gate.mayWithAll(call, plan.importObject, action) ? nil : call.caller.actor
  }

  // MARK: Reading

  /// - Throws: NOT_FOUND, also for another person's import that is out of the caller's reach.
  @LoopActor
  package func get(_ id: String, _ call: Call) async throws -> ImportReport {
    let creator = creator(call, .read)
    var report = try await store.read(call.tenant) { transaction in
      let job = try transaction.requireImport(id, of: creator)
      return ImportReport(
        job: job,
        remarks: try transaction.importRemarks(of: job.id),
        rowRemarks: try transaction.rowRemarks(of: job.id)
      )
    }
    report.job = shown(report.job, call)
    return report
  }

  /// The kind of the records of an import, of any kind that the service imports.
  ///
  /// - Throws: NOT_FOUND, also for another person's import that is out of the caller's reach.
  @LoopActor
  package func kind(of id: String, _ call: Call) async throws -> String {
    let creator = creator(call, .read)
    return try await store.read(call.tenant) { transaction in
      guard let job = try ImportID(id).flatMap({ try transaction.importJob($0) }),
        creator.map({ $0 == job.creator }) ?? true
      else { throw MeshError.notFound("import", id) }
      return job.object
    }
  }

  /// An import as its caller may see it: its preview has values of records.
  func shown(_ job: ImportJob, _ call: Call) -> ImportJob {
    let schema = plan.schema(of: call.tenant)
    let isOwn = call.caller.actor == job.creator
    return job.showing(
      gate.fields(call, schema).visible,
      knowsAll: isOwn || gate.mayWithAll(call, schema.object, .read),
      schema
    )
  }

  /// Imports of a kind of record, or all, that the caller reaches, newest first; without their mappings.
  @LoopActor
  package func list(
    of object: String = "",
    size: Int32,
    token: String,
    _ call: Call
  ) async throws -> Page<ImportJob> {
    let page = try PageRequest(size: size, token: token)
    let creator = creator(call, .read)
    return try await store.read(call.tenant) {
      try $0.importPage(page, of: object, by: creator)
    }
  }

  /// What is wrong with rows, in the order of the file.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - isTaken: whether with those that were taken all the same, instead of those that were refused.
  ///   - size: entries of a page.
  ///   - token: from the page before.
  ///   - call: who asks.
  /// - Returns: a page, with an entry for each column at fault.
  /// - Throws: NOT_FOUND.
  @LoopActor
  package func faults(
    of id: String,
    taken isTaken: Bool = false,
    size: Int32,
    token: String,
    _ call: Call
  ) async throws -> Page<ImportRowFault> {
    let page = try PageRequest(size: size, token: token)
    let creator = creator(call, .read)
    return try await store.read(call.tenant) { transaction in
      let id = try transaction.requireImport(id, of: creator).id
      return try transaction.faultPage(of: id, taken: isTaken, page)
    }
  }

  /// The mapping that the service suggests for a header row.
  ///
  /// - Throws: INVALID_ARGUMENT for none or more than 1,000 headings, and for headings that are too long.
  @LoopActor
  package func suggestion(
    for headings: [String],
    _ call: Call
  ) async throws(MeshError) -> ImportMapping {
    guard (1...1_000).contains(headings.count) else {
      throw .invalid("columns", "must have 1 to 1,000 headings")
    }
    let most = ImportLimits.headingBytes
    if let long = headings.firstIndex(where: { $0.utf8.count > most }) {
      throw .invalid("columns[\(long)]", "must have at most \(most) bytes")
    }
    let all = ImportLimits.headingsBytes
    guard headings.reduce(0, { $0 + $1.utf8.count }) <= all else {
      throw .invalid("columns", "must have at most \(all >> 10) KiB together")
    }
    let (plan, schema) = (plan, plan.schema(of: call.tenant))
    return await BlockingPool.shared.run {
      Header(headings, schema, Set(plan.relations.keys)).suggested
    }
  }

  // MARK: Changing

  /// Checks what a request asks of a new import, before its transaction: a mapping can be long.
  ///
  /// - Parameters:
  ///   - fileName: for people; 255 characters at most.
  ///   - mapping: parts that are empty are filled in from the header row.
  ///   - choices: what the caller decides.
  ///   - validateOnly: whether it is a dry run, which makes nothing.
  ///   - call: of the caller who asks.
  /// - Returns: the input of `create`.
  /// - Throws: INVALID_ARGUMENT with every violation.
  package func draft(
    _ fileName: String,
    _ mapping: ImportMapping,
    _ choices: ImportChoices = ImportChoices(),
    validateOnly: Bool = false,
    _ call: Call
  ) throws(MeshError) -> ImportDraft {
    var check = FieldCheck()
    mapping.check(plan.schema(of: call.tenant), Set(plan.relations.keys), &check)
    choices.check(&check)
    if fileName.utf8.count > 4 * 255 || fileName.unicodeScalars.count > 255 {
      check.refuse("file_name", "must have at most 255 characters")
    }
    try check.finish()
    return ImportDraft(
      fileName: fileName,
      mapping: mapping,
      choices: choices,
      validateOnly: validateOnly
    )
  }

  /// Creates an import, which waits for its content.
  ///
  /// - Parameters:
  ///   - draft: what the request asks for.
  ///   - call: of the caller who creates it, and who alone can append to it and start it.
  ///   - transaction: of the tenant.
  /// - Returns: the import.
  /// - Throws: RESOURCE_EXHAUSTED with limit `open_imports`.
  package func create(
    _ draft: ImportDraft,
    _ call: Call,
    in transaction: WriteTransaction
  ) throws -> ImportJob {
    // Fails now for a tenant that is not known here yet, rather than when the file is read.
    _ = try plan.conventions(transaction)
    try transaction.expireImports(plan)
    try transaction.requireRoomForImport()
    var job = ImportJob(
      id: transaction.ids.next(),
      fileName: draft.fileName,
      object: Plan.Record.schema.object,
      validateOnly: draft.validateOnly,
      mapping: draft.mapping,
      creator: call.caller.actor,
      onBehalfOf: call.caller.member,
      createTime: transaction.now
    )
    job.choices = draft.choices
    try transaction.create(job, plan)
    return job
  }

  /// Appends a chunk of the file; one that was received before is acknowledged again.
  ///
  /// - Parameters:
  ///   - content: 1 byte to 2 MiB.
  ///   - offset: where in the file it begins.
  ///   - digest: the SHA-256 of the content in hexadecimal digits.
  ///   - id: the import's.
  ///   - call: of the caller who appends it.
  /// - Returns: the changed import.
  /// - Throws: NOT_FOUND; PERMISSION_DENIED unless the caller created the import; INVALID_ARGUMENT;
  ///   OUT_OF_RANGE for a gap; FAILED_PRECONDITION once started, and 24 hours after it was created;
  ///   RESOURCE_EXHAUSTED with limit `import_bytes`.
  @LoopActor
  package func append(
    _ content: [UInt8],
    at offset: Int64,
    digest: String,
    to id: String,
    _ call: Call
  ) async throws -> ImportJob {
    guard (1...ImportLimits.chunkBytes).contains(content.count) else {
      throw MeshError.invalid("content", "must have 1 byte to 2 MiB")
    }
    guard offset >= 0 else { throw MeshError.invalid("offset", "must be at least 0") }
    guard Hex.encode(SHA256.hash(content)) == digest.lowercased() else {
      throw MeshError.invalid(
        "sha256",
        "must be the SHA-256 of the content; the content was damaged in transit"
      )
    }
    return try await change(id, call) { job, transaction throws in
      try job.require(creator: call, at: transaction.now)
      let begin = job.receivedBytes
      let isNew: Bool
      do throws(AppendFault) {
        isNew = try job.receive(offset: offset, count: content.count)
      } catch {
        throw error.meshError
      }
      if isNew { try transaction.appendContent(content, to: job.id, at: begin) }
    }
  }
}

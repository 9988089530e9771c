import MeshCore
import MeshLoop
import MeshRecords
import MeshStore
import TypeAPI

/// The steps of an import, each of which begins and ends in a durable state.
struct ImportSteps<Plan: ImportPlan>: Sendable {
  typealias File = ImportFile<Plan.Record>
  typealias Read = ReadBatch<Plan.Record>

  let plan: Plan
  let store: Store
  /// The service's name in the change log: `system:leads`.
  let actor: String
  /// Rows in one transaction.
  let batchRows: Int

  /// Reads the header row; the first time, fills in the empty parts of the mapping.
  ///
  /// - Returns: nil when the import is not running, or has just failed.
  func open(_ id: ImportID, of tenant: TenantID) async throws -> File? {
    guard let job = try await job(id, tenant), job.state == .running else { return nil }
    var conventions = try await store.read(tenant, priority: .background) {
      try plan.conventions($0)
    }
    if let order = job.mapping.dateOrder { conventions.dateOrder = order }
    let schema = plan.schema(of: tenant)
    do {
      let (header, delimiter) = try await header(of: job, tenant)
      try Self.check(header)
      let mapping = job.mapping.completed(
        by: ImportMapping(
          suggestedFor: header.values,
          plan.systems,
          schema,
          Set(plan.relations.keys)
        )
      )
      let reader = try RowReader<Plan.Record>(
        headings: header.values,
        mapping,
        schema,
        conventions,
        relations: Set(plan.relations.keys),
        gathering: plan.gathering
      )
      if job.progress.bytes == 0 {
        try await settle(id, tenant, mapping, header)
      }
      return File(reader: reader, conventions: conventions, delimiter: delimiter)
    } catch let fault as CSVParser.Fault {
      try await fail(id, tenant, fault.text)
    } catch let error as MeshError
      where error.reason != .tooExpensive
      && [.invalidArgument, .resourceExhausted].contains(error.code)
    {
      // A slow database says nothing about the file.
      try await fail(id, tenant, error.message)
    }
    return nil
  }

  /// The header row and its delimiter; reads on until the row ends or is too long.
  private func header(
    of job: ImportJob,
    _ tenant: TenantID
  ) async throws -> (CSVParser.Record, delimiter: UInt8) {
    var needed = 0
    while true {
      let window = try await window(of: job, from: 0, atLeast: needed, tenant)
      let found: (CSVParser.Record, UInt8)? = try await BlockingPool.shared.run {
        let delimiter = CSVParser.delimiter(ofHeader: window.bytes)
        return try CSVParser.header(of: window.bytes, delimiter, isRest: window.isRest)
          .map { ($0, delimiter) }
      }
      if let found { return found }
      needed = window.bytes.count + 1
    }
  }

  /// - Throws: RESOURCE_EXHAUSTED for too many columns; INVALID_ARGUMENT for a heading that cannot be one.
  private static func check(_ header: CSVParser.Record) throws(MeshError) {
    let columns = Limit.importColumns
    guard header.count <= columns.most else {
      throw columns.reached(
        "the header row has \(header.count) columns; a file may have at most \(columns.most) "
          + "(\(columns.name)): leave out those that no field is filled from"
      )
    }
    guard header.values.allSatisfy(\.isStreamSafe) else {
      let most = String.mostCombiningMarks
      throw MeshError.invalid("", "a heading has more than \(most) combining marks in a row")
    }
    let bytes = ImportLimits.headingBytes
    if let place = header.values.firstIndex(where: { $0.utf8.count > bytes }) {
      throw MeshError.invalid(
        "",
        "column \(place + 1): the heading must have at most \(bytes) bytes; is the first line a header?"
      )
    }
  }

  /// Reads a batch of rows and creates their records.
  ///
  /// - Returns: whether there is more to do.
  @LoopActor
  func advance(_ id: ImportID, of tenant: TenantID, _ file: File) async throws -> Bool {
    guard let job = try await job(id, tenant), job.state == .running else { return false }
    do {
      let read = try await file.ahead.batch(at: job.progress.bytes) {
        try await batch(of: job, file, tenant)
      }
      if !read.batch.isLast {
        var next = job
        next.progress.bytes = read.batch.endOffset
        next.progress.line = read.batch.endLine
        file.ahead.begin(at: next.progress.bytes) { [next] in
          try await self.batch(of: next, file, tenant)
        }
      }
      try await plan.prepare(tenant, store)
      return try await write(read, job, file, tenant)
    } catch let fault as CSVParser.Fault {
      try await fail(id, tenant, fault.text)
      return false
    }
  }

  private func write(
    _ read: Read,
    _ job: ImportJob,
    _ file: File,
    _ tenant: TenantID
  ) async throws -> Bool {
    // The service works on behalf of whoever created the import.
    let author = Author(actor: actor, onBehalfOf: job.onBehalfOf?.description)
    return try await store.write(tenant, as: author, lock: plan.lock, priority: .background) {
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
      var writer = try ImportWriter(transaction, plan, now, intake, file.reader)
      return try writer.write(read.batch).state == .running
    }
  }

  private func batch(
    of job: ImportJob,
    _ file: File,
    _ tenant: TenantID
  ) async throws -> Read {
    try await plan.prepare(tenant, store)
    var needed = 0
    while true {
      let window = try await window(of: job, from: job.progress.bytes, atLeast: needed, tenant)
      let (plan, rows) = (plan, batchRows)
      // Parsing rows, above all phone numbers, takes time, so it runs off the loop.
      let read: Read? = try await BlockingPool.shared
        .run {
          let batch = try ImportBatch.read(
            window.bytes[...],
            at: job.progress,
            isRest: window.isRest,
            limit: rows,
            of: file
          )
          return batch.map { batch in
            let drafts = batch.rows.map(\.draft)
            return Read(batch: batch, makeIntake: plan.intake(of: drafts, tenant, file.conventions))
          }
        }
      if let read { return read }
      needed = window.bytes.count + 1
    }
  }

  /// The bytes of a file from an offset on: more than `count`, or all the rest.
  private func window(
    of job: ImportJob,
    from offset: Int,
    atLeast count: Int,
    _ tenant: TenantID
  ) async throws -> (bytes: [UInt8], isRest: Bool) {
    try await store.read(tenant, priority: .background) { transaction in
      var bytes: [UInt8] = []
      let wanted = max(count, ImportLimits.windowBytes)
      while bytes.count < wanted {
        let more = try transaction.importContent(of: job.id, from: offset + bytes.count)
        if more.isEmpty { break }
        bytes += more
      }
      return (bytes, offset + bytes.count >= job.receivedBytes)
    }
  }

  /// Ends imports whose content did not arrive in time, and deletes content that is no longer needed, a few
  /// chunks per transaction.
  func sweep() async throws {
    let now = store.clock.now
    let tenants = try await store.systemRead(priority: .background) {
      try $0.tenantsToSweep(at: now)
    }
    for tenant in tenants {
      try await write(tenant) { try $0.expireImports(plan) }
      while try await write(tenant, { try $0.sweepContent() }) {}
    }
  }

  private func job(_ id: ImportID, _ tenant: TenantID) async throws -> ImportJob? {
    try await store.read(tenant, priority: .background) { try $0.importJob(id) }
  }

  /// Writes as the service itself, without a caller who waits.
  @discardableResult
  private func write<Value: Sendable>(
    _ tenant: TenantID,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Value
  ) async throws -> Value {
    try await store.write(tenant, as: Author(actor: actor), priority: .background, body)
  }

  /// Saves the completed mapping, and moves past the header row.
  private func settle(
    _ id: ImportID,
    _ tenant: TenantID,
    _ mapping: ImportMapping,
    _ header: CSVParser.Record
  ) async throws {
    try await write(tenant) { transaction in
      guard let before = try transaction.importJob(id), before.state == .running,
        before.progress.bytes == 0
      else { return }
      var job = before
      job.mapping = mapping
      job.progress.bytes = header.endOffset
      job.progress.line = header.endLine
      try transaction.saveColumns(of: job)
      _ = try transaction.save(job, before: before, plan)
    }
  }

  private func fail(_ id: ImportID, _ tenant: TenantID, _ reason: String) async throws {
    try await write(tenant) { transaction in
      guard let before = try transaction.importJob(id), before.state == .running else { return }
      var job = before
      job.fail(reason)
      _ = try transaction.save(job, before: before, plan)
    }
  }
}

enum ImportLimits {
  /// How long an import waits for its content.
  static let receivingTime = Duration.seconds(24 * 60 * 60)
  /// How often it looks for imports that waited too long, and for content that is no longer needed.
  static let sweepInterval = Duration.seconds(60)
  /// Characters of a name by which a file refers to another record.
  static let nameLength = 200
  /// How many names of records are compared with a name that finds none.
  static let comparedNames = 1_000
  /// How many values an import may replace.
  static let values = 1_000
  /// Links between records of one file that one transaction makes.
  static let links = 200
  /// Bytes of a heading.
  static let headingBytes = 1_000
  /// Chunks deleted in one transaction.
  static let deletedChunks = 8
  /// Largest chunk in bytes.
  static let chunkBytes = 2 << 20
  /// Bytes read at a time; a longer record takes several reads.
  static let windowBytes = 256 << 10
  /// Rows in one transaction: enough for speed, few enough that other writers wait only
  /// milliseconds.
  static let batchRows = 200
}

extension CSVParser {
  /// The header row of a file that begins with `bytes`; nil when more are needed.
  ///
  /// - Throws: `.invalid` when there is no header row, or `Fault`.
  static func header(of bytes: [UInt8], _ delimiter: UInt8, isRest: Bool) throws -> Record? {
    var parser = CSVParser(delimiter: delimiter)
    var header: Record?
    let taken = try parser.feed(bytes[...], limit: 1) { header = $0 }
    if header == nil, !isRest { return nil }
    if header == nil && taken == bytes.count { try parser.finish { header = $0 } }
    guard let header else {
      throw MeshError.invalid("content", "must begin with a header row, but is empty")
    }
    return header
  }
}

extension CSVParser.Fault {
  /// The text for the person who imports the file.
  fileprivate var text: String {
    switch self {
    case .strayQuote(let line): "line \(line): has text after a closing quote"
    case .notUTF8(let line): "line \(line): is not UTF-8 text; save the file as UTF-8 CSV"
    case .recordTooLong(let line):
      "line \(line): the row is longer than 1 MiB; a closing quote may be missing"
    case .openQuote(let line): "line \(line): the closing quote is missing"
    }
  }
}

import MeshCore
import MeshLoop
import MeshStore
import TypeAPI

/// What is known of a file from its header row.
struct ImportFile: Sendable {
  let reader: RowReader
  let settings: TenantSettings
  let delimiter: UInt8
}

/// The steps of an import, each of which begins and ends in a durable state.
struct ImportSteps: Sendable {
  let store: Store
  let rulesCache: RulesCache
  /// Rows a transaction.
  let batchRows: Int

  /// Bytes that are read at a time; a record that is longer takes several readings.
  private static let windowBytes = 256 << 10

  /// Reads the header row; on the first time, settles what the mapping leaves open.
  ///
  /// - Returns: nil when the import is not at work, or has failed now.
  func open(_ id: ImportID, of tenant: TenantID) async throws -> ImportFile? {
    guard let job = try await store.read(tenant, { try $0.importJob(id) }), job.state == .running
    else { return nil }
    let settings = try await store.read(tenant) { try $0.tenantSettings() }
    let window = try await window(of: job, from: 0, atLeast: 0, tenant)
    do {
      let delimiter = CSVParser.delimiter(ofHeader: window.bytes)
      let header = try Self.header(of: window.bytes, delimiter)
      let mapping = job.mapping.completed(for: header.values)
      let reader = try RowReader(
        headings: header.values,
        mapping: mapping,
        currency: settings.currency
      )
      if job.progress.bytes == 0 {
        try await settle(id, tenant, mapping, header)
      }
      return ImportFile(reader: reader, settings: settings, delimiter: delimiter)
    } catch let fault as CSVParser.Fault {
      try await fail(id, tenant, fault.text)
    } catch let error as MeshError where error.code == .invalidArgument {
      let rules = error.violations.map(\.description).joined(separator: "; ")
      try await fail(id, tenant, rules)
    }
    return nil
  }

  /// Reads a batch of rows and makes leads of them.
  ///
  /// - Returns: whether there is more to do.
  func advance(_ id: ImportID, of tenant: TenantID, _ file: ImportFile) async throws -> Bool {
    guard let job = try await store.read(tenant, { try $0.importJob(id) }), job.state == .running
    else { return false }
    do {
      let batch = try await batch(of: job, file, tenant)
      return try await write(batch, job, file, tenant)
    } catch let fault as CSVParser.Fault {
      try await fail(id, tenant, fault.text)
      return false
    }
  }

  private func write(
    _ batch: ImportBatch,
    _ job: ImportJob,
    _ file: ImportFile,
    _ tenant: TenantID
  ) async throws -> Bool {
    let cache = rulesCache
    try await cache.refresh(tenant, from: store)
    return try await store.write(tenant, as: Self.author(of: job)) { transaction in
      guard let now = try transaction.importJob(job.id), now.state == .running,
        now.progress.bytes == job.progress.bytes
      else { return false }
      var writer = try ImportWriter(
        transaction,
        job: now,
        rules: LeadRules(
          transaction,
          try transaction.intakeRules(cache),
          savesTurns: false,
          phones: batch.phones
        ),
        reader: file.reader
      )
      return try writer.write(batch).state == .running
    }
  }

  /// The service works on behalf of whoever created the import.
  private static func author(of job: ImportJob) -> Author {
    Author(actor: "system:leads", onBehalfOf: job.onBehalfOf?.description)
  }

  private func batch(
    of job: ImportJob,
    _ file: ImportFile,
    _ tenant: TenantID
  ) async throws -> ImportBatch {
    var needed = 0
    while true {
      let window = try await window(of: job, from: job.progress.bytes, atLeast: needed, tenant)
      let rows = batchRows
      // Reading rows, phone numbers above all, is work: it leaves the loop to those who wait for it.
      let batch = try await BlockingPool.shared.run {
        try ImportBatch.read(
          window.bytes[...],
          at: job.progress.bytes,
          line: job.progress.line,
          isRest: window.isRest,
          limit: rows,
          delimiter: file.delimiter,
          reader: file.reader,
          settings: file.settings
        )
      }
      if let batch { return batch }
      needed = window.bytes.count + 1
    }
  }

  /// The bytes of a file from an offset on: `windowBytes` and more than `count`, or all the rest.
  private func window(
    of job: ImportJob,
    from offset: Int,
    atLeast count: Int,
    _ tenant: TenantID
  ) async throws -> (bytes: [UInt8], isRest: Bool) {
    try await store.read(tenant) { transaction in
      var bytes: [UInt8] = []
      let wanted = max(count, Self.windowBytes)
      while bytes.count < wanted {
        let more = try transaction.importContent(of: job.id, from: offset + bytes.count)
        if more.isEmpty { break }
        bytes += more
      }
      return (bytes, offset + bytes.count >= job.receivedBytes)
    }
  }

  private static func header(of bytes: [UInt8], _ delimiter: UInt8) throws -> CSVParser.Record {
    var parser = CSVParser(delimiter: delimiter)
    var header: CSVParser.Record?
    let taken = try parser.feed(bytes[...], limit: 1) { header = $0 }
    if header == nil && taken == bytes.count { try parser.finish { header = $0 } }
    guard let header else { throw MeshError.invalid([Self.emptyFile]) }
    return header
  }

  private static let emptyFile = FieldViolation(
    field: "content",
    description: "the file is empty: it has no header row"
  )

  /// Keeps the mapping that the header row gave, and goes past that row.
  private func settle(
    _ id: ImportID,
    _ tenant: TenantID,
    _ mapping: ImportMapping,
    _ header: CSVParser.Record
  ) async throws {
    try await store.write(tenant, as: Author(actor: "system:leads")) { transaction in
      guard let before = try transaction.importJob(id), before.state == .running,
        before.progress.bytes == 0
      else { return }
      var job = before
      job.mapping = mapping
      job.progress.bytes = header.endOffset
      job.progress.line = header.endLine
      try transaction.saveColumns(of: job)
      _ = try transaction.save(job, before: before)
    }
  }

  private func fail(_ id: ImportID, _ tenant: TenantID, _ reason: String) async throws {
    try await store.write(tenant, as: Author(actor: "system:leads")) { transaction in
      guard let before = try transaction.importJob(id), before.state == .running else { return }
      var job = before
      job.state = .failed
      job.failure = reason
      _ = try transaction.save(job, before: before)
    }
  }
}

extension ImportMapping {
  /// The mapping with what it leaves open taken from the header row.
  func completed(for headings: [String]) -> ImportMapping {
    let suggested = ImportMapping.suggested(for: headings)
    return ImportMapping(
      columns: columns.isEmpty ? suggested.columns : columns,
      externalID: externalID ?? (columns.isEmpty ? suggested.externalID : nil),
      sourceSystem: sourceSystem.isEmpty ? suggested.sourceSystem : sourceSystem
    )
  }
}

extension CSVParser.Fault {
  /// For the person whose file it is.
  var text: String {
    switch self {
    case .strayQuote(let line): "line \(line): text follows a closing quote"
    case .notUTF8(let line): "line \(line): is not UTF-8 text; save the file as UTF-8 CSV"
    case .recordTooLong(let line):
      "line \(line): the row is longer than 1 MiB; a quote may not be closed"
    case .openQuote(let line): "line \(line): a quote is opened and never closed"
    }
  }
}

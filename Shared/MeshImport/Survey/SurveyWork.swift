import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import MeshTables
import RecordsAPI
import TypeAPI

/// What a survey reads: the file as it came, or its converted rows.
struct SurveyedContent: Sendable {
  let isConverted: Bool
  let bytes: Int
  /// What the rows were in; nil for a text.
  let container: ConvertedTable?
}

/// What a survey knows of the columns, and the pass through all rows.
struct SurveyedColumns: Sendable {
  let format: TableFormat
  let header: Header
  let mapping: ImportMapping
  /// The place of the column that identifies rows; nil for none.
  let identifier: Int?
  let pass: SurveyPass
}

/// The survey of one file, a step after the other, so that a large file does not hold up the imports of others.
///
/// How far it is stands in memory only: after a restart it begins again.
@LoopActor
final class SurveyWork<Plan: ImportPlan> {
  enum Outcome {
    case more
    /// There are more after a while, in which others need not wait.
    case later(Duration)
    /// The import is ready, or has failed.
    case ended
    /// The import goes on by itself.
    case goesOn
  }

  private enum Stage {
    case begin
    /// Waits until not too many others are converted.
    case wait
    /// Reads a file that is no text, from an offset on.
    case collect(ContentConversion, offset: Int)
    case convert(RunningConversion)
    /// Stores the converted rows, from an offset on.
    case keep(ContentConversion, SurveyedContent, offset: Int)
    /// Finds out how the rows are written; with the evidence of the encoding if they were read in another before.
    case probe(SurveyedContent, EncodingEvidence?)
    /// Goes through the rows, from an offset on.
    case read(SurveyedContent, SurveyedColumns, offset: Int)
  }

  private let steps: ImportSteps<Plan>
  private let id: ImportID
  private let tenant: TenantID
  private var stage = Stage.begin
  private var outcome: Outcome?
  private let places: ConversionPlaces

  init(
    _ steps: ImportSteps<Plan>,
    _ id: ImportID,
    _ tenant: TenantID,
    places: ConversionPlaces = .shared
  ) {
    self.steps = steps
    self.id = id
    self.tenant = tenant
    self.places = places
  }

  /// Ends what goes on in the background; no step follows.
  func stop() {
    if case .convert(let running) = stage { running.conversion.stop() }
  }

  /// Does the next step.
  ///
  /// - Returns: whether there are more.
  /// - Throws: what the store throws; what is wrong with the file ends the import.
  func step() async throws -> Outcome {
    guard let job = try await steps.wholeJob(id, tenant), job.state == .surveying else {
      return .ended
    }
    do {
      if let next = try await next(job) {
        stage = next
        return pause.map { .later($0) } ?? .more
      }
      return outcome ?? .ended
    } catch {
      guard let reason = SurveyFault.reason(of: error) else { throw error }
      try await steps.fail(id, tenant, reason)
    }
    return .ended
  }

  /// How long the stage has to wait for something; nil if it need not.
  private var pause: Duration? {
    switch stage {
    case .wait: places.isFull(for: tenant) ? .milliseconds(100) : nil
    case .convert(let running): running.result == nil ? .milliseconds(20) : nil
    case .begin, .collect, .keep, .probe, .read: nil
    }
  }

  private func next(_ job: ImportJob) async throws -> Stage? {
    switch stage {
    case .begin: return try await begin(job)
    case .wait:
      guard let place = places.take(for: tenant) else { return .wait }
      return .collect(ContentConversion(in: place), offset: 0)
    case .collect(let conversion, let offset): return try await collect(conversion, offset, job)
    case .convert(let running): return try await converted(running)
    case .keep(let conversion, let content, let offset):
      return try await keep(conversion, content, offset)
    case .probe(let content, let evidence):
      let columns = try await steps.columns(of: job, content, evidence, tenant)
      return .read(content, columns, offset: columns.format.dataOffset)
    case .read(let content, let columns, let offset):
      return try await read(content, columns, offset, job)
    }
  }

  /// Finds out whether the file is text.
  private func begin(_ job: ImportJob) async throws -> Stage {
    try await steps.plan.prepare(tenant, steps.store)
    try await steps.clear(id, tenant)
    let sample = try await window(job.receivedBytes, from: 0, atLeast: FileKind.sampleSize)
    if FileKind.of(sample.bytes) != .text { return .wait }
    return .probe(
      SurveyedContent(isConverted: false, bytes: job.receivedBytes, container: nil),
      nil
    )
  }

  // MARK: Conversion

  private func collect(
    _ conversion: ContentConversion,
    _ offset: Int,
    _ job: ImportJob
  ) async throws -> Stage {
    let part = try await window(job.receivedBytes, from: offset, atLeast: 1)
    try await BlockingPool.shared.run { try conversion.append(part.bytes) }
    if part.isRest || part.bytes.isEmpty {
      return .convert(RunningConversion(conversion, part: job.choices.sheet))
    }
    return .collect(conversion, offset: offset + part.bytes.count)
  }

  private func converted(_ running: RunningConversion) async throws -> Stage {
    guard let result = running.result else { return .convert(running) }
    let converted = try result.get()
    let content = SurveyedContent(
      isConverted: true,
      bytes: converted.bytes,
      container: converted.table
    )
    return .keep(running.conversion, content, offset: 0)
  }

  /// Stores the next chunk of the converted rows.
  private func keep(
    _ conversion: ContentConversion,
    _ content: SurveyedContent,
    _ offset: Int
  ) async throws -> Stage {
    let chunk = try await BlockingPool.shared.run {
      try conversion.bytes(at: offset, count: ImportLimits.convertedChunkBytes)
    }
    if chunk.isEmpty { return .probe(content, nil) }
    let id = id
    try await steps.write(tenant) { transaction in
      guard try transaction.importJob(id)?.state == .surveying else { return }
      try transaction.appendContent(chunk, to: id, at: offset, converted: true)
    }
    let end = offset + chunk.count
    return end < content.bytes ? .keep(conversion, content, offset: end) : .probe(content, nil)
  }

  // MARK: Rows

  private func read(
    _ content: SurveyedContent,
    _ columns: SurveyedColumns,
    _ offset: Int,
    _ job: ImportJob
  ) async throws -> Stage? {
    let part = try await window(
      content.bytes,
      from: offset,
      atLeast: ImportLimits.convertedChunkBytes,
      isConverted: content.isConverted
    )
    let isLast = part.isRest || part.bytes.isEmpty
    let other = await BlockingPool.shared.run { () -> EncodingEvidence? in
      columns.pass.take(part.bytes, isLast: isLast)
      return isLast ? columns.pass.otherEncoding : nil
    }
    if !isLast { return .read(content, columns, offset: offset + part.bytes.count) }
    // Once only: what all bytes say is settled.
    if let other { return .probe(content, other) }
    let reading = try await steps.reading(of: job, content, columns, tenant)
    let goesOn = try await steps.settle(id, reading, columns, content, tenant)
    outcome = goesOn ? .goesOn : .ended
    return nil
  }

  private func window(
    _ size: Int,
    from offset: Int,
    atLeast count: Int,
    isConverted: Bool = false
  ) async throws -> (bytes: [UInt8], isRest: Bool) {
    try await steps.window(
      of: id,
      size: size,
      converted: isConverted,
      from: offset,
      atLeast: count,
      tenant
    )
  }
}

/// Rows that are being made of a file that is no text.
@LoopActor
private final class RunningConversion {
  let conversion: ContentConversion
  /// nil until it has ended.
  private(set) var result: Result<(table: ConvertedTable, bytes: Int), any Error>?

  init(_ conversion: ContentConversion, part: String) {
    self.conversion = conversion
    _ = Task.immediate { @LoopActor in
      do {
        self.result = .success(
          try await BlockingPool.shared.run { try conversion.convert(part: part) }
        )
      } catch {
        self.result = .failure(error)
      }
    }
  }
}

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
  let container: TableReading?
}

/// What a survey knows of the columns, and the pass through all rows.
struct SurveyedColumns: Sendable {
  let format: TableFormat
  let header: HeaderReading
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
    /// The import is ready, or has failed.
    case ended
    /// The import goes on by itself.
    case goesOn
  }

  private enum Stage {
    case begin
    /// Reads a file that is no text, from an offset on.
    case collect(ContentConversion, offset: Int)
    case convert(RunningConversion)
    /// Stores the converted rows, from an offset on.
    case keep(ContentConversion, SurveyedContent, offset: Int)
    case probe(SurveyedContent)
    /// Goes through the rows, from an offset on.
    case read(SurveyedContent, SurveyedColumns, offset: Int)
  }

  private let steps: ImportSteps<Plan>
  private let id: ImportID
  private let tenant: TenantID
  private var stage = Stage.begin
  private var isOver: Outcome?

  init(_ steps: ImportSteps<Plan>, _ id: ImportID, _ tenant: TenantID) {
    self.steps = steps
    self.id = id
    self.tenant = tenant
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
        return .more
      }
      return isOver ?? .ended
    } catch let fault as ContainerFault {
      try await steps.fail(id, tenant, "the file \(fault.text)")
    } catch let error as MeshError where error.isFaultOfFile {
      // A slow database says nothing about the file.
      let reason = error.violations.first?.description ?? error.message
      try await steps.fail(id, tenant, reason)
    }
    return .ended
  }

  private func next(_ job: ImportJob) async throws -> Stage? {
    switch stage {
    case .begin: return try await begin(job)
    case .collect(let conversion, let offset): return try await collect(conversion, offset, job)
    case .convert(let running): return try await converted(running)
    case .keep(let conversion, let content, let offset):
      return try await keep(conversion, content, offset)
    case .probe(let content):
      let columns = try await steps.columns(of: job, content, tenant)
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
    if FileKind.of(sample.bytes) != .text {
      return .collect(ContentConversion(), offset: 0)
    }
    return .probe(
      SurveyedContent(isConverted: false, bytes: job.receivedBytes, container: nil)
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

  /// Waits a moment for the rows, which others need not wait for.
  private func converted(_ running: RunningConversion) async throws -> Stage {
    guard let result = running.result else {
      try? await sleep(for: .milliseconds(10))
      return .convert(running)
    }
    let converted = try result.get()
    let content = SurveyedContent(
      isConverted: true,
      bytes: converted.bytes,
      container: converted.reading
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
    if chunk.isEmpty { return .probe(content) }
    let id = id
    try await steps.write(tenant) { transaction in
      guard try transaction.importJob(id)?.state == .surveying else { return }
      try transaction.appendContent(chunk, to: id, at: offset, converted: true)
    }
    let end = offset + chunk.count
    return end < content.bytes ? .keep(conversion, content, offset: end) : .probe(content)
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
    await BlockingPool.shared.run { columns.pass.take(part.bytes, isLast: isLast) }
    if !isLast { return .read(content, columns, offset: offset + part.bytes.count) }
    let reading = try await steps.reading(of: job, content, columns, tenant)
    let goesOn = try await steps.settle(id, reading, columns, content, tenant)
    isOver = goesOn ? .goesOn : .ended
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
  private(set) var result: Result<(reading: TableReading, bytes: Int), any Error>?

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

extension MeshError {
  /// Whether it says something about the file rather than about the service.
  fileprivate var isFaultOfFile: Bool {
    code == .invalidArgument && reason != .tooExpensive || reason == .limitReached
  }
}

import MeshCore
import MeshImportTesting
import MeshLoop
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import MeshImport

@Suite @LoopActor struct `The report of a file of refused rows` {
  private let bench: ErrandBench

  init() throws { bench = try ErrandBench() }

  /// An import whose rows are all refused, as far as it is once so many were refused before them.
  private func running(rows: Int, refusedBefore: Int) async throws -> ImportID {
    var file = "Title,External ID,Due time,Urgent\n"
    // Each breaks a rule: it must have a time.
    for row in 0..<rows { file += "Late \(row),\(row),,yes\n" }
    let id = try await bench.started(Array(file.utf8))
    _ = try #require(try await bench.steps.surveyed(id, of: bench.tenant))
    try await bench.steps.write(bench.tenant) { transaction in
      _ = try transaction.execute(
        "UPDATE imports SET refused_count = \(refusedBefore) WHERE id = \(id)"
      )
    }
    return id
  }

  @Test func `keeps as many of them as there is room for, and counts the others`() async throws {
    let id = try await running(rows: 5, refusedBefore: ImportLimits.keptRows - 2)
    try await bench.steps.work(id, of: bench.tenant)
    let report = try await bench.engine.get("\(id)", bench.call)
    #expect(report.job.state == .succeeded)
    #expect(report.job.progress.refused == ImportLimits.keptRows + 3)
    #expect(try await bench.count("import_rows_kept") == 2)
    // What else refers to a row has to know that it is refused.
    #expect(try await bench.count("import_faults") == 5)
    let remark = try #require(report.remarks.first { $0.remark.field.isEmpty })
    #expect(remark.rows == 3 && remark.remark.text.contains("cannot be had"))
  }

  @Test func `ends where too many are refused to go on`() async throws {
    let rows = ImportLimits.batchRows
    let id = try await running(rows: 2 * rows, refusedBefore: ImportLimits.refusedRows - rows)
    try await bench.steps.work(id, of: bench.tenant)
    let job = try #require(try await bench.job(id))
    #expect(job.state == .failed && job.failure.contains("1000000 rows were refused"))
    #expect(job.progress.rows == rows)
  }

  @Test func `is not ended by its last row`() async throws {
    let id = try await running(rows: 3, refusedBefore: ImportLimits.refusedRows - 3)
    try await bench.steps.work(id, of: bench.tenant)
    #expect(try await bench.job(id)?.state == .succeeded)
  }

  @Test func `is deleted thirty days after the import has ended, but for its counts`() async throws
  {
    let file = "Title,External ID,Due time,Urgent\nLate,1,,yes\nFine,2,soon,no\n"
    let id = try await bench.started(Array(file.utf8))
    try await bench.steps.work(id, of: bench.tenant)
    let tables: [SQL] = ["import_faults", "import_row_remarks", "import_rows_kept"]
    bench.clock.advance(by: ImportLimits.keepTime - .seconds(1))
    try await bench.steps.sweep()
    for table in tables { #expect(try await bench.count(table) > 0) }
    bench.clock.advance(by: .seconds(1))
    try await bench.steps.sweep()
    for table in tables { #expect(try await bench.count(table) == 0) }
    let progress = try #require(try await bench.job(id)).progress
    #expect(progress.refused == 1 && progress.created == 1)
  }
}

import MeshCore
import MeshLoop
import MeshService
import MeshStore
import TypeAPI

/// Works through imports by itself: a batch of one, then a batch of the next.
@LoopActor
final class ImportRunner {
  /// Rows a transaction: enough for speed, few enough that other writers wait for milliseconds.
  static let batchRows = 200

  private struct Job: Hashable {
    let tenant: TenantID
    let id: ImportID
  }

  private let steps: ImportSteps
  private let store: Store
  private let log: Log
  private let queue = WorkQueue<Job>()
  /// Files whose header rows were read.
  private var files: [Job: ImportFile] = [:]

  init(store: Store, rulesCache: RulesCache, log: Log) {
    self.store = store
    self.log = log
    steps = ImportSteps(store: store, rulesCache: rulesCache, batchRows: Self.batchRows)
  }

  /// Takes up an import that was started.
  func take(_ id: ImportID, of tenant: TenantID) { queue.add(Job(tenant: tenant, id: id)) }

  /// Works until cancelled; begins with the imports that were at work when the process ended.
  func run() async {
    await queue.run(
      first: {
        try await self.store.systemRead { try $0.runningImports() }
          .map { Job(tenant: $0.tenant, id: $0.id) }
      },
      step: { try await self.step($0) },
      failed: { job in self.log.warning("import_step_failed", ["import": .id("\(job.id)")]) }
    )
  }

  private func step(_ job: Job) async throws -> Bool {
    if files[job] == nil { files[job] = try await steps.open(job.id, of: job.tenant) }
    guard let file = files[job] else { return false }
    let isMore = try await steps.advance(job.id, of: job.tenant, file)
    if !isMore { files[job] = nil }
    return isMore
  }
}

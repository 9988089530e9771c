import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import TypeAPI

/// Runs imports in the background, one batch each, the tenants in turn.
@LoopActor
final class ImportRunner<Plan: ImportPlan> {
  private struct Job: Hashable {
    let tenant: TenantID
    let id: ImportID
  }

  private let steps: ImportSteps<Plan>
  private let failed: @Sendable (ImportID?, any Error) -> Void
  private let queue = WorkQueue<Job> { $0.tenant }
  /// Files whose header rows have been read.
  private var files: [Job: ImportFile<Plan.Record>] = [:]

  init(_ steps: ImportSteps<Plan>, failed: @escaping @Sendable (ImportID?, any Error) -> Void) {
    self.steps = steps
    self.failed = failed
  }

  /// Queues a started import.
  func take(_ id: ImportID, of tenant: TenantID) { queue.add(Job(tenant: tenant, id: id)) }

  /// Runs until cancelled; resumes the imports that were running when the process ended.
  func run() async {
    let sweeping = Task.immediate { @LoopActor in await self.sweep() }
    await queue.run(
      first: {
        try await self.steps.store.systemRead {
          try $0.runningImports(of: Plan.Record.schema.object)
        }
        .map { Job(tenant: $0.tenant, id: $0.id) }
      },
      again: steps.store.lookAgain,
      step: { try await self.step($0) },
      failed: { job, error in self.failed(job.id, error) },
      notResumed: { self.failed(nil, $0) }
    )
    // Nothing reads the store after this returns.
    for file in files.values { await file.ahead.end() }
    sweeping.cancel()
    await sweeping.value
  }

  /// Sweeps at intervals; what fails is tried again the next time.
  private func sweep() async {
    while !Task.isCancelled {
      try? await steps.sweep()
      try? await sleep(for: ImportLimits.sweepInterval)
    }
  }

  private func step(_ job: Job) async throws -> Bool {
    if files[job] == nil { files[job] = try await steps.open(job.id, of: job.tenant) }
    guard let file = files[job] else { return false }
    let isMore = try await steps.advance(job.id, of: job.tenant, file)
    if !isMore {
      await file.ahead.end()
      files[job] = nil
    }
    return isMore
  }
}

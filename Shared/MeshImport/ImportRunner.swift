import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import TypeAPI

/// Runs imports in the background, a step of each, the tenants in turn.
@LoopActor
final class ImportRunner<Plan: ImportPlan> {
  private struct Job: Hashable {
    let tenant: TenantID
    let id: ImportID
  }

  private let steps: ImportSteps<Plan>
  private let failed: @Sendable (ImportID?, any Error) -> Void
  private let queue = WorkQueue<Job> { $0.tenant }
  /// Files of running imports.
  private var files: [Job: ImportFile<Plan.Record>] = [:]
  /// Surveys on their way.
  private var surveys: [Job: SurveyWork<Plan>] = [:]

  init(_ steps: ImportSteps<Plan>, failed: @escaping @Sendable (ImportID?, any Error) -> Void) {
    self.steps = steps
    self.failed = failed
  }

  /// Queues an import that the service is to work on.
  func take(_ id: ImportID, of tenant: TenantID) { queue.add(Job(tenant: tenant, id: id)) }

  /// Runs until cancelled; resumes the imports that were at work when the process ended.
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

  /// - Returns: whether there is more to do.
  private func step(_ item: Job) async throws -> Bool {
    if let file = files[item] { return try await run(item, file) }
    guard let job = try await steps.job(item.id, item.tenant) else { return false }
    switch job.state {
    case .surveying: return try await survey(item)
    case .undoing: return try await steps.takeBack(job, item.tenant)
    case .running:
      guard let file = try await steps.open(item.id, of: item.tenant) else { return false }
      files[item] = file
      return try await run(item, file)
    case .receiving, .ready, .paused, .succeeded, .failed, .cancelled, .undone: return false
    }
  }

  /// - Returns: whether there is more to do.
  private func survey(_ item: Job) async throws -> Bool {
    let survey = surveys[item] ?? SurveyWork(steps, item.id, item.tenant)
    // One that fails begins again.
    surveys[item] = nil
    switch try await survey.step() {
    case .more: surveys[item] = survey
    case .goesOn: break
    case .ended: return false
    }
    return true
  }

  private func run(_ item: Job, _ file: ImportFile<Plan.Record>) async throws -> Bool {
    let isMore = try await steps.advance(item.id, of: item.tenant, file)
    if !isMore {
      await file.ahead.end()
      files[item] = nil
    }
    return isMore
  }
}

import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import TypeAPI

/// Runs imports in the background, a step of each, the tenants in turn.
@LoopActor
final class ImportRunner<Plan: ImportPlan> {
  struct Job: Hashable {
    let tenant: TenantID
    let id: ImportID
  }

  private let steps: ImportSteps<Plan>
  private let failed: @Sendable (ImportID?, any Error) -> Void
  private let queue = WorkQueue<Job> { $0.tenant }
  /// Files of running imports.
  private var files: [Job: ImportFile<Plan.Record>] = [:]
  /// Surveys on their way.
  private(set) var surveys: [Job: SurveyWork<Plan>] = [:]
  /// Imports whose surveys have to wait for something.
  private var waiting: Set<Job> = []
  private let places: ConversionPlaces

  init(
    _ steps: ImportSteps<Plan>,
    places: ConversionPlaces = .shared,
    failed: @escaping @Sendable (ImportID?, any Error) -> Void
  ) {
    self.steps = steps
    self.places = places
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
    // Whoever runs again after another process did begins with what that one has left.
    files = [:]
    for item in Array(surveys.keys) { dropSurvey(of: item) }
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

  /// - Returns: whether there is more to do now.
  func step(_ item: Job) async throws -> Bool {
    if let file = files[item] { return try await run(item, file) }
    let job = try await steps.job(item.id, item.tenant)
    // Whoever cancels an import does not know of its survey.
    if job?.state != .surveying { dropSurvey(of: item) }
    guard let job else { return false }
    switch job.state {
    case .surveying: return try await survey(item)
    case .undoing: return try await steps.undo(job, item.tenant)
    case .running:
      guard let file = try await steps.open(item.id, of: item.tenant) else { return false }
      files[item] = file
      return try await run(item, file)
    case .receiving, .ready, .paused, .succeeded, .failed, .cancelled, .undone: return false
    }
  }

  /// - Returns: whether there is more to do now.
  private func survey(_ item: Job) async throws -> Bool {
    let survey = surveys[item] ?? SurveyWork(steps, item.id, item.tenant, places: places)
    surveys[item] = survey
    do {
      switch try await survey.step() {
      case .more: return true
      case .later(let pause):
        wait(pause, item)
        return false
      case .goesOn:
        dropSurvey(of: item)
        return true
      case .ended:
        dropSurvey(of: item)
        return false
      }
    } catch {
      // One that fails begins again.
      dropSurvey(of: item)
      throw error
    }
  }

  private func dropSurvey(of item: Job) { surveys.removeValue(forKey: item)?.stop() }

  /// Queues an import again after a while.
  private func wait(_ pause: Duration, _ item: Job) {
    guard waiting.insert(item).inserted else { return }
    Loop.shared.schedule(after: pause) {
      self.waiting.remove(item)
      self.queue.add(item)
    }
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

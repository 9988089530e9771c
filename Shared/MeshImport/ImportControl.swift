import MeshAccess
import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
import MeshRecords
import MeshStore
import TypeAPI

// What people do with an import: they change it, start, pause, stop and undo it.
extension ImportEngine {
  /// Changes the mapping and the choices of an import that has not started.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - draft: what the request asks for; its name and whether it is a dry run do not count.
  ///   - mask: the fields of the message that are changed; nil or none for all that can be.
  ///   - call: of the caller who changes it.
  /// - Returns: the import; it is read again where that changes what its columns say.
  /// - Throws: NOT_FOUND; PERMISSION_DENIED unless the caller created the import; FAILED_PRECONDITION once it has
  ///   started, and 24 hours after it was created.
  @Home
  package func change(
    _ id: String,
    _ draft: ImportDraft,
    _ mask: WellKnown.FieldMask?,
    _ call: Call
  ) async throws -> ImportJob {
    let paths = mask?.paths ?? []
    // Each is changed as a whole.
    let parts = paths.contains("*") ? [] : paths.compactMap { $0.split(separator: ".").first }
    let fields = Set(parts.map(String.init))
    let job = try await work(id, call) { job, transaction in
      try job.require(creator: call, at: transaction.now)
      let mapping = job.mapping.changed(to: draft.mapping, in: fields)
      let changesChoices = fields.isEmpty || fields.contains("choices")
      try job.change(mapping, changesChoices ? draft.choices : job.choices)
      try transaction.saveColumns(of: job)
    }
    return shown(await steps.previewed(job, call.tenant), call)
  }

  /// Reads the file, to see what is in it; the import is ready afterwards.
  ///
  /// Reading it twice is the same as once.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - size: bytes of the whole file.
  ///   - call: of the caller.
  /// - Returns: the import.
  /// - Throws: NOT_FOUND; PERMISSION_DENIED unless the caller created the import; INVALID_ARGUMENT unless exactly
  ///   `size` bytes were received; FAILED_PRECONDITION once it has started or ended, and 24 hours after it was created.
  @Home
  package func survey(_ id: String, size: Int64, _ call: Call) async throws -> ImportJob {
    try await work(id, call) { job, transaction in
      try job.require(creator: call, at: transaction.now)
      switch job.state {
      case .surveying, .ready: return
      case .receiving: try job.survey(size: size, goesOn: false)
      case .running, .paused, .succeeded, .failed, .cancelled, .undoing, .undone:
        throw MeshError.failedPrecondition("the import was started or has ended")
      }
    }
  }

  /// Starts to process the file, or goes on with it; starting it twice has no further effect.
  ///
  /// A file that was not read before is read first, and goes on by itself if no question is open.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - size: bytes of the whole file.
  ///   - mayConfigure: whether the caller may add to the tenant's lists now.
  ///   - call: of the caller who starts it.
  /// - Returns: the import.
  /// - Throws: NOT_FOUND; PERMISSION_DENIED unless the caller created the import; INVALID_ARGUMENT
  ///   unless exactly `size` bytes were received; FAILED_PRECONDITION while a question is open, for a cancelled
  ///   import, and 24 hours after it was created; RESOURCE_EXHAUSTED with limit `open_imports`.
  @Home
  package func start(
    _ id: String,
    size: Int64,
    mayConfigure: Bool,
    _ call: Call
  ) async throws -> ImportJob {
    try await work(id, call) { job, transaction in
      try job.require(creator: call, at: transaction.now)
      let before = job.state
      switch before {
      case .running, .succeeded, .failed, .undoing, .undone: return
      case .cancelled: throw MeshError.failedPrecondition("the import was cancelled")
      case .receiving: try job.survey(size: size, goesOn: true)
      case .surveying: job.goesOn = true
      case .ready:
        try transaction.requireRoomForImport()
        try job.run()
      case .paused: job.state = .running
      }
      job.mayConfigure = mayConfigure
      job.startTime = before == .paused ? job.startTime : transaction.now
    }
  }

  /// Stops an import until it is started again; one that is still being read waits when it is.
  ///
  /// Has no effect on one that is not at work.
  ///
  /// - Throws: NOT_FOUND; PERMISSION_DENIED unless the caller created the import.
  @Home
  package func pause(_ id: String, _ call: Call) async throws -> ImportJob {
    try await change(id, call) { job, transaction in
      try job.require(creator: call, at: transaction.now)
      job.pause()
    }
  }

  /// Takes an import back that has ended, as far as the caller may change what it did; twice is the same as once.
  ///
  /// - Throws: NOT_FOUND; FAILED_PRECONDITION while it is at work, for a dry run, and 30 days after its end.
  @Home
  package func undo(_ id: String, _ call: Call) async throws -> ImportJob {
    try await work(id, call) { job, transaction in
      try job.beginUndo(at: transaction.now, by: call.caller.member)
    }
  }

  /// Changes an import, and works on it if it is at work then.
  @Home
  private func work(
    _ id: String,
    _ call: Call,
    _ rule: @escaping @Sendable (inout ImportJob, WriteTransaction) throws -> Void
  ) async throws -> ImportJob {
    let job = try await change(id, call, rule)
    if job.state.isAtWork { runner.take(job.id, of: call.tenant) }
    return job
  }

  /// Stops an import; records that it created are kept, and stopping it twice has no further effect.
  ///
  /// - Throws: NOT_FOUND.
  @Home
  package func cancel(_ id: String, _ call: Call) async throws -> ImportJob {
    try await change(id, call) { job, _ in
      if !job.state.hasEnded, job.state != .undoing { job.state = .cancelled }
    }
  }

  @Home
  func change(
    _ id: String,
    _ call: Call,
    _ rule: @escaping @Sendable (inout ImportJob, WriteTransaction) throws -> Void
  ) async throws -> ImportJob {
    let (plan, creator) = (plan, creator(call, .create))
    let job = try await store.write(call.tenant, as: Author(call)) { transaction in
      let before = try transaction.requireImport(id, of: creator)
      var job = before
      try rule(&job, transaction)
      return job == before ? before : try transaction.save(job, before: before, plan)
    }
    return shown(job, call)
  }
}

extension ImportJob {
  /// - Throws: PERMISSION_DENIED for a caller who did not create it; FAILED_PRECONDITION when nobody
  ///   continued it in time.
  func require(creator call: Call, at now: Timestamp) throws(MeshError) {
    guard call.caller.actor == creator else {
      throw .permissionDenied("only whoever created an import may append to it and start it")
    }
    guard !isOverdue(at: now) else { throw .failedPrecondition(overdueReason) }
  }
}

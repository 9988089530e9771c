import MeshCore
import Synchronization

/// The one thread that writes: it commits what waits together, and answers after the commit.
///
/// Each request runs in a savepoint, so that one that fails leaves the others be. Requests of a
/// tenant and of the system go through connections of their own, and so through commits of their own.
struct StoreWriter {
  private let core: StoreCore
  private let tenants: SQLiteConnection
  private let system: SQLiteConnection

  init(_ core: StoreCore, _ engine: SQLiteEngine) throws(StoreError) {
    self.core = core
    tenants = try engine.connect(.tenant, .writing)
    system = try engine.connect(.system, .writing)
  }

  /// Works until the queue is closed and empty.
  func run() {
    var last = 1
    while true {
      // Callers that were answered together are likely to come back together.
      let requests = core.writes.take(core.configuration.largestBatch, expected: last)
      if requests.first?.priority == .people { last = requests.count }
      if requests.isEmpty { return }
      var ofTenants: [StoreRequest] = []
      var ofSystem: [StoreRequest] = []
      for request in requests {
        if case .system = request.scope {
          ofSystem.append(request)
        } else {
          ofTenants.append(request)
        }
      }
      if !ofTenants.isEmpty { commit(ofTenants, on: tenants) }
      if !ofSystem.isEmpty { commit(ofSystem, on: system) }
    }
  }

  /// Runs `requests` and commits them together.
  private func commit(_ requests: [StoreRequest], on connection: SQLiteConnection) {
    let start = ContinuousClock.now
    var batch = Batch(connection)
    for request in requests where request.begin() {
      core.metrics.noteWait(request.arrival.duration(to: start))
      do throws(StoreError) {
        try batch.openIfNeeded()
        try run(request, in: &batch)
      } catch {
        batch.abandon(answering: failure(error), and: request)
      }
    }
    do {
      try batch.commit()
    } catch {
      batch.abandon(answering: failure(error))
      return
    }
    if batch.requests.isEmpty { return }
    core.metrics.noteCommit(of: batch.requests.count, took: start.duration(to: .now))
    core.lacksRoom.store(batch.lacksRoom, ordering: .relaxed)
    core.news.publish(batch.lastChange)
    for request in batch.requests { request.answer() }
  }

  /// Runs one request in a savepoint.
  ///
  /// - Throws: when the whole batch cannot go on.
  private func run(_ request: StoreRequest, in batch: inout Batch) throws(StoreError) {
    let connection = batch.connection
    if case .tenant(let tenant) = request.scope { connection.enter(tenant) }
    defer { connection.enter(nil) }
    let session = core.session(connection, author: request.author)
    try connection.run(.savepoint)
    let error = request.run(session)
    session.end()
    if error != nil {
      if let fault = error as? StoreError {
        if fault.engineFault == .disk || connection.isIdle { throw fault }
        batch.lacksRoom = batch.lacksRoom || fault.engineFault == .room
      }
      // A body may have caught the failure that made SQLite roll everything back.
      guard !connection.isIdle else { throw Self.rolledBack }
      try connection.run(.rollbackToSavepoint)
    } else {
      guard !connection.isIdle else { throw Self.rolledBack }
      batch.lastChange = max(batch.lastChange, session.lastChange)
      batch.searchUpdates += session.searchUpdates
    }
    try connection.run(.releaseSavepoint)
    batch.requests.append(request)
  }

  private static let rolledBack = StoreError.engine(
    EngineFault(.busy, code: "abort", message: "rolled back")
  )

  /// What callers hear when the store itself could not go on.
  ///
  /// Ends the process if the disk failed.
  private func failure(_ error: any Error) -> any Error {
    guard let fault = error as? StoreError else { return error }
    if fault.engineFault == .disk { endProcess(because: "\(fault)") }
    if fault.engineFault == .room { core.lacksRoom.store(true, ordering: .relaxed) }
    return fault.asMeshError
  }

  /// Requests that share a commit.
  private struct Batch {
    let connection: SQLiteConnection
    /// Those that ran and wait for the commit, whether their bodies succeeded or not.
    var requests: [StoreRequest] = []
    var lastChange: Int64 = 0
    /// Whether a body failed for want of room.
    var lacksRoom = false
    var searchUpdates: [SearchUpdate] = []

    init(_ connection: SQLiteConnection) { self.connection = connection }

    func openIfNeeded() throws(StoreError) {
      if connection.isIdle { try connection.run(.begin) }
    }

    func commit() throws {
      if connection.isIdle { return }
      for update in searchUpdates { try update.apply(to: connection) }
      try connection.run(.commit)
    }

    /// Rolls back, and answers with `error` everyone whose work went with it; the next request
    /// starts afresh.
    mutating func abandon(answering error: any Error, and request: StoreRequest? = nil) {
      if !connection.isIdle { try? connection.run(.rollback) }
      for lost in requests { lost.fail(error) }
      request?.fail(error)
      requests = []
      searchUpdates = []
      lastChange = 0
    }
  }
}

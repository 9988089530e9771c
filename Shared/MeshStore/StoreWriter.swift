import CSQLite
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

  init(_ core: StoreCore) throws(StoreError) {
    self.core = core
    tenants = try core.connect(.tenant, .writing)
    system = try core.connect(.system, .writing)
  }

  /// Works until the queue is closed and empty.
  func run() {
    var last = 1
    while true {
      // Callers that were answered together are likely to come back together.
      let requests = core.writes.take(core.configuration.largestBatch, expected: last)
      last = requests.count
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
        if fault.isOfDisk || connection.isIdle { throw fault }
        batch.lacksRoom = batch.lacksRoom || fault.isOfRoom
      }
      // A body may have caught the failure that made SQLite roll everything back.
      guard !connection.isIdle else { throw .engine(code: SQLITE_ABORT, message: "rolled back") }
      try connection.run(.rollbackToSavepoint)
    } else {
      guard !connection.isIdle else { throw .engine(code: SQLITE_ABORT, message: "rolled back") }
      batch.lastChange = max(batch.lastChange, session.lastChange)
      batch.searchUpdates += session.searchUpdates
    }
    try connection.run(.releaseSavepoint)
    batch.requests.append(request)
  }

  /// What callers hear when the store itself could not go on.
  ///
  /// Ends the process if the disk failed.
  private func failure(_ error: any Error) -> any Error {
    guard let fault = error as? StoreError else { return error }
    if fault.isOfDisk { endProcess(because: "\(fault)") }
    if fault.isOfRoom { core.lacksRoom.store(true, ordering: .relaxed) }
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

extension StoreError {
  /// SQLITE_IOERR_SHMSIZE, whose definition Swift does not see.
  private static let noRoomForIndex = SQLITE_IOERR | 19 << 8

  /// Whether reading, writing or syncing the file failed, or it is damaged: the process must end.
  var isOfDisk: Bool {
    guard case .engine(let code, _) = self else { return false }
    return !isOfRoom && [SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB].contains(code & 0xff)
  }

  /// Whether another connection was in the way.
  var isOfContention: Bool {
    guard case .engine(let code, _) = self else { return false }
    return [SQLITE_BUSY, SQLITE_LOCKED].contains(code & 0xff)
  }

  /// Whether there was no room on the disk: nothing was lost, and it goes on once there is some.
  var isOfRoom: Bool {
    guard case .engine(let code, _) = self else { return false }
    // The file beside the log by which processes share its index could not grow.
    return code & 0xff == SQLITE_FULL || code == Self.noRoomForIndex
  }

  /// What a caller hears of a failure that is not its own: it may try again, or must wait for
  /// someone to make room.
  ///
  /// Other failures are thrown as they are.
  var asMeshError: any Error {
    // Only conditions that people write can be that deep.
    if case .refused("parser stack overflow", _) = self {
      return MeshError.invalid("filter", "is nested too deeply", reason: .invalidFilter)
    }
    guard case .engine(let code, _) = self else { return self }
    if isOfRoom {
      return MeshError(
        code: .unavailable,
        reason: .storeFull,
        message: "the store has no room left; try again later"
      )
    }
    return switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_ABORT, SQLITE_NOMEM:
      MeshError.unavailable("the store is busy")
    case SQLITE_INTERRUPT:
      MeshError(code: .cancelled, reason: .cancelled, message: "the call was cancelled")
    default: self
    }
  }
}

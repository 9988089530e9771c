import Glibc
import MeshCore
import Synchronization

/// One thread that runs transactions on connections of its own, one after the other.
///
/// Requests that want the same lock could not run beside one another: those that wait for it together are
/// committed together, each in a savepoint, so that one that fails leaves the others be. A transaction that
/// others made impossible is made again from its beginning, with a pause that grows; several in one are then
/// made one by one.
final class PostgresWorker {
  enum Purpose { case reading, writing }

  /// Attempts at a transaction before its caller gets UNAVAILABLE.
  private static let mostAttempts = 20
  /// Requests that are committed together: few enough that the first waits only milliseconds for the last.
  private static let mostTogether = 32

  private let core: StoreCore
  private let engine: PostgresEngine
  private let purpose: Purpose
  private var tenants: PostgresConnection?
  private var system: PostgresConnection?

  init(_ core: StoreCore, _ engine: PostgresEngine, _ purpose: Purpose) {
    self.core = core
    self.engine = engine
    self.purpose = purpose
  }

  /// Works until the queue is closed and empty.
  func run() {
    let queue = purpose == .reading ? core.reads : core.writes
    while true {
      let taken = queue.takeAlike(Self.mostTogether)
      if taken.isEmpty { return }
      let start = ContinuousClock.now
      let requests = taken.filter { $0.begin() }
      for request in requests where purpose == .writing {
        core.metrics.noteWait(request.arrival.duration(to: start))
      }
      if requests.count == 1 || !performTogether(requests) {
        for request in requests { perform(request) }
      }
      queue.release(taken)
    }
  }

  private enum Outcome {
    /// Committed, or refused by its body: the request has the answer.
    case done
    case failed(any Error)
    /// It is to be made again.
    case again(StoreError)
  }

  private func perform(_ request: StoreRequest) {
    let start = ContinuousClock.now
    let failure = failure(of: request)
    // Counted before whoever asked can look.
    if purpose == .reading {
      core.metrics.noteRead(
        waited: request.arrival.duration(to: start),
        took: start.duration(to: .now)
      )
    }
    if let failure { request.fail(failure) } else { request.answer() }
  }

  /// Makes the request's transaction, again where others made it impossible.
  ///
  /// - Returns: why it was not made; nil when the request has its own answer.
  private func failure(of request: StoreRequest) -> (any Error)? {
    var locks = PostgresLocks()
    if let lock = request.lock { locks.want(lock) }
    var attempt = 1
    while true {
      switch outcome(of: request, &locks) {
      case .done: return nil
      case .failed(let error): return error
      case .again(let fault):
        if attempt == Self.mostAttempts || request.isCancelled { return fault.asMeshError }
        pause(attempt)
        attempt += 1
      }
    }
  }

  /// Waits some milliseconds, more from time to time and never alike, so that those in conflict part.
  private func pause(_ attempt: Int) {
    _ = poll(nil, 0, Int32.random(in: 0...Int32(min(attempt * attempt, 50))))
  }

  /// Runs requests of one scope and lock, and commits them together.
  ///
  /// - Returns: false when none of them is answered, and each is to be made by itself.
  private func performTogether(_ requests: [StoreRequest]) -> Bool {
    guard let first = requests.first else { return true }
    var locks = PostgresLocks()
    if let lock = first.lock { locks.want(lock) }
    let start = ContinuousClock.now
    defer { dropLost() }
    guard let connection = try? connection(first.scope) else { return false }
    defer {
      try? connection.run(.rollback)
      connection.request = nil
      try? connection.releaseLocks()
    }
    var lastChange: Int64 = 0
    do {
      try connection.begin(first.scope.tenant, purpose, locks)
      var sessions: [StoreSession] = []
      for request in requests {
        let before = sessions.last?.changeCount ?? 0
        sessions.append(try run(request, inSavepointOf: connection, after: before))
      }
      lastChange = sessions.map(\.lastChange).max() ?? 0
      for update in sessions.flatMap(\.searchUpdates) { try update.apply(to: connection) }
    } catch {
      return false
    }
    do throws(StoreError) {
      try connection.run(.commit)
    } catch {
      // Whether a commit was made whose connection broke, nobody knows; any other was not.
      guard error.engineFault == .connection else { return false }
      for request in requests { request.fail(MeshError.outcomeUnknown()) }
      return true
    }
    core.metrics.noteCommit(of: requests.count, took: start.duration(to: .now))
    engine.committed(lastChange)
    for request in requests { request.answer() }
    return true
  }

  /// - Returns: what it recorded; nothing, if its body failed.
  /// - Throws: when the transaction cannot go on.
  private func run(
    _ request: StoreRequest,
    inSavepointOf connection: PostgresConnection,
    after changes: Int
  ) throws -> StoreSession {
    guard changes <= Dialect.transactionChanges - StoreSession.mostChanges else {
      throw StoreError.conflict
    }
    // With the end of the savepoint before, so that whatever fails later is this request's.
    try connection.run(.savepoint)
    connection.request = request
    var session = core.session(connection, author: request.author)
    session.changesBefore = changes
    let failure = request.run(session)
    session.end()
    if connection.mustRestart { throw StoreError.conflict }
    if failure == nil {
      try connection.runPosted()
    } else {
      note(failure as? StoreError)
      try connection.run(.rollbackToSavepoint)
      session = core.session(connection, author: request.author)
      session.changesBefore = changes
    }
    connection.postRelease()
    return session
  }

  private func outcome(of request: StoreRequest, _ locks: inout PostgresLocks) -> Outcome {
    let connection: PostgresConnection
    do throws(StoreError) {
      connection = try self.connection(request.scope)
      try connection.begin(request.scope.tenant, purpose, locks)
    } catch {
      // Locks that were taken before one was refused.
      for each in [tenants, system] { try? each?.releaseLocks() }
      dropLost()
      let isPassing = [.connection, .conflict].contains(error.engineFault)
      return isPassing ? .again(error) : .failed(error.asMeshError)
    }
    connection.request = request
    let outcome = run(request, on: connection)
    connection.request = nil
    locks = connection.locks
    locks.lose()
    try? connection.releaseLocks()
    dropLost()
    return outcome
  }

  private func run(_ request: StoreRequest, on connection: PostgresConnection) -> Outcome {
    let session = core.session(connection, author: request.author)
    let start = ContinuousClock.now
    let failure = request.run(session)
    session.end()
    if failure != nil || connection.mustRestart {
      try? connection.run(.rollback)
      let fault = failure as? StoreError
      note(fault)
      if connection.mustRestart { return .again(fault ?? .conflict) }
      return .done
    }
    do {
      try connection.runPosted()
      for update in session.searchUpdates { try update.apply(to: connection) }
    } catch {
      try? connection.run(.rollback)
      guard let fault = error as? StoreError else { return .failed(error) }
      note(fault)
      return connection.mustRestart ? .again(fault) : .failed(fault.asMeshError)
    }
    do throws(StoreError) {
      try connection.run(.commit)
    } catch {
      try? connection.run(.rollback)
      if error.engineFault == .conflict { return .again(error) }
      note(error)
      // Whether a commit was made whose connection broke, nobody knows.
      if error.engineFault == .connection { return .failed(MeshError.outcomeUnknown()) }
      return .failed(error.asMeshError)
    }
    if purpose == .writing {
      core.metrics.noteCommit(of: 1, took: start.duration(to: .now))
      engine.committed(session.lastChange)
    }
    return .done
  }

  /// Until `Store.probe` finds room: a small write that is made meanwhile does not tell that there is any.
  private func note(_ fault: StoreError?) {
    if fault?.engineFault == .room { core.lacksRoom.store(true, ordering: .relaxed) }
  }

  /// This thread's connection for a scope, made if there is none.
  private func connection(_ scope: StoreRequest.Scope) throws(StoreError) -> PostgresConnection {
    let configuration = core.configuration
    if engine.reach.isSilent { (tenants, system) = (nil, nil) }
    switch scope {
    case .tenant:
      if let tenants { return tenants }
      let connection = try engine.connect(.tenant)
      try connection.limitPauses(to: configuration.longestPause)
      if purpose == .reading { try connection.limitStatements(to: configuration.readBudget) }
      tenants = connection
      return connection
    case .system:
      if let system { return system }
      let connection = try engine.connect(.system)
      try connection.limitPauses(to: configuration.longestPause)
      if purpose == .reading { try connection.limitStatements(to: configuration.systemReadBudget) }
      system = connection
      return connection
    }
  }

  private func dropLost() {
    if tenants?.isLost == true { tenants = nil }
    if system?.isLost == true { system = nil }
  }
}

extension PostgresConnection {
  fileprivate func begin(
    _ tenant: TenantID?,
    _ purpose: PostgresWorker.Purpose,
    _ wanted: PostgresLocks
  ) throws(StoreError) {
    enter(tenant)
    want(wanted)
    try acquireLocks()
    try run(purpose == .reading ? .beginReading : .begin)
  }
}

extension StoreError {
  fileprivate static let conflict = StoreError.engine(
    EngineFault(.conflict, code: "40001", message: "made again")
  )
}

import MeshCore

/// One thread that reads; each request sees one state of the store from its first statement on.
struct StoreReader {
  private let core: StoreCore
  private let tenants: SQLiteConnection
  private let system: SQLiteConnection

  init(_ core: StoreCore, _ engine: SQLiteEngine) throws(StoreError) {
    self.core = core
    tenants = try engine.connect(.tenant, .reading)
    system = try engine.connect(.system, .reading)
  }

  /// Works until the queue is closed and empty.
  func run() {
    while true {
      let taken = core.reads.takeAlike(1)
      guard let request = taken.first else { return }
      defer { core.reads.release(taken) }
      guard request.begin() else { continue }
      let start = ContinuousClock.now
      let failure: (any Error)? =
        switch request.scope {
        case .tenant(let tenant): self.failure(of: request, tenants, tenant)
        case .system: self.failure(of: request, system, nil)
        }
      // Counted before whoever asked can look.
      core.metrics.noteRead(
        waited: request.arrival.duration(to: start),
        took: start.duration(to: .now)
      )
      if let failure { request.fail(failure) } else { request.answer() }
    }
  }

  /// Runs a request.
  ///
  /// - Returns: what its caller is to hear instead of an answer.
  private func failure(
    of request: StoreRequest,
    _ connection: SQLiteConnection,
    _ tenant: TenantID?
  ) -> (any Error)? {
    let configuration = core.configuration
    request.budget = ThreadBudget(
      tenant == nil ? configuration.systemReadBudget : configuration.readBudget
    )
    connection.watch(request)
    let failure = Self.perform(request, connection, tenant, core)
    connection.watch(nil)
    guard let fault = failure as? StoreError else { return failure }
    if fault.engineFault == .disk { endProcess(because: "\(fault)") }
    let isTooLong = fault.engineFault == .cancelled && request.isOverBudget && !request.isCancelled
    return (isTooLong ? StoreError.tookTooLong : fault).asMeshError
  }

  /// Runs a request in a transaction that reads.
  ///
  /// - Returns: the error, if it or the transaction threw.
  static func perform(
    _ request: StoreRequest,
    _ connection: SQLiteConnection,
    _ tenant: TenantID?,
    _ core: StoreCore
  ) -> (any Error)? {
    connection.enter(tenant)
    let session = core.session(connection, author: nil)
    var failure: (any Error)?
    do throws(StoreError) {
      try connection.run(.beginReading)
      failure = request.run(session)
    } catch {
      failure = error
    }
    session.end()
    connection.enter(nil)
    if !connection.isIdle { try? connection.run(.rollback) }
    return failure
  }
}

extension StoreError {
  fileprivate static let tookTooLong = StoreError.engine(
    EngineFault(.timeout, code: "interrupt", message: "ended after its time")
  )
}

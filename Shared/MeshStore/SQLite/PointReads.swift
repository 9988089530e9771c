import MeshCore
import MeshLoop
import Synchronization

/// Reads single records on the loop's own thread.
///
/// A record lies in memory as a rule, and to read it takes less than to wake another thread and be woken by
/// it. A read that took long, as one from a disk does, sends those of the next second to the readers'
/// threads, so that little else on the loop waits for the disk.
final class PointReads: Sendable {
  private struct State {
    var connection: SQLiteConnection
    var restsUntil = ContinuousClock.now
  }

  private let core: StoreCore
  private let handed: Mutex<Handover<SQLiteConnection>?>
  @LoopActor private var state: State?

  /// - Parameters:
  ///   - core: of the store.
  ///   - connection: for tenants' transactions; it does not wait for others.
  init(_ core: StoreCore, _ connection: Handover<SQLiteConnection>) {
    self.core = core
    handed = Mutex(connection)
  }

  /// What `body` gives or throws; nil when a reader's thread is to read.
  @LoopActor
  func read<Value: Sendable>(
    _ tenant: TenantID,
    _ body: @escaping @Sendable (ReadTransaction) throws -> Value
  ) -> Result<Value, any Error>? {
    if state == nil, let connection = handed.withLock({ $0.take() })?.take() {
      state = State(connection: connection)
    }
    let start = ContinuousClock.now
    guard let state, start >= state.restsUntil else { return nil }
    let request = BodyRequest(scope: .tenant(tenant)) { session in
      try body(ReadTransaction(session, tenant: tenant))
    }
    let failure = StoreReader.perform(request, state.connection, tenant, core)
    let took = start.duration(to: .now)
    core.metrics.noteRead(waited: .zero, took: took)
    if took > core.configuration.longestPointRead {
      self.state?.restsUntil = start + took + core.configuration.restOfPointReads
    }
    guard let fault = failure as? StoreError else { return request.outcome }
    if fault.engineFault == .disk { endProcess(because: "\(fault)") }
    return fault.engineFault == .busy ? nil : .failure(fault.asMeshError)
  }

  /// Closes the connection; reads go to the readers' threads, which say that the store is closed.
  func close() {
    _ = handed.withLock { $0.take() }
    Loop.shared.enqueue { self.state = nil }
  }
}

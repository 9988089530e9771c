import MeshCore
import Synchronization

/// What the threads of a store know of its server: why it lets a role in no more, when to try again, and whether
/// commits wait for it.
final class PostgresReach: Sendable {
  private struct Refusal {
    var fault: EngineFault
    /// Attempts that failed, one after the other.
    var count: Int
    /// When the next one may be made.
    var next: ContinuousClock.Instant
  }

  private struct State {
    var refusals: [PostgresConnection.Scope: Refusal] = [:]
    /// When a commit was last seen waiting for too long.
    var stall: ContinuousClock.Instant?
  }

  private static let firstPause = Duration.milliseconds(100)
  private static let longestPause = Duration.seconds(5)

  private let state = Mutex(State())
  private let now: @Sendable () -> ContinuousClock.Instant

  init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

  /// Connects, unless the last attempt failed a moment ago: the pause grows with each failure from 100 ms to 5 s,
  /// and is never alike.
  ///
  /// - Throws: what `body` throws, or the failure before.
  func attempt<Value>(
    _ scope: PostgresConnection.Scope,
    _ body: () throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let before = try begin(scope).get()
    do throws(StoreError) {
      let value = try body()
      state.withLock { state in
        state.refusals[scope] = nil
        // What kept the others out may have been the same.
        for other in state.refusals.keys { state.refusals[other]?.next = now() }
      }
      return value
    } catch {
      if case .engine(let fault) = error { note(fault, scope, after: before) }
      throw error
    }
  }

  /// - Returns: how many attempts have failed.
  private func begin(_ scope: PostgresConnection.Scope) -> Result<Int, StoreError> {
    state.withLock { state in
      guard let refusal = state.refusals[scope] else { return .success(0) }
      guard now() >= refusal.next else { return .failure(.engine(refusal.fault)) }
      // One thread tries for all.
      state.refusals[scope]?.next = now() + .seconds(60)
      return .success(refusal.count)
    }
  }

  private func note(_ fault: EngineFault, _ scope: PostgresConnection.Scope, after count: Int) {
    state.withLock { state in
      // Of those that tried at once, one counts.
      guard count == state.refusals[scope]?.count ?? 0 else { return }
      let longest = min(Self.firstPause * (1 << min(count, 10)), Self.longestPause)
      state.refusals[scope] = Refusal(
        fault: fault,
        count: count + 1,
        next: now() + longest * Double.random(in: 0.5...1)
      )
    }
  }

  /// Notes that the server has fallen silent; it may be tried at once.
  func lost(_ fault: EngineFault, _ scope: PostgresConnection.Scope) {
    state.withLock { $0.refusals[scope] = Refusal(fault: fault, count: 0, next: now()) }
  }

  /// Why the server lets a role in no more; nil when it does.
  func fault(_ scope: PostgresConnection.Scope) -> EngineFault? {
    state.withLock { $0.refusals[scope]?.fault }
  }

  /// Whether nothing is heard of the server: connections from before are of no more use than new ones.
  var isSilent: Bool {
    state.withLock { $0.refusals.values.contains { $0.fault.isSilence } }
  }

  /// Notes that a commit waits longer than one should.
  func noteStall() { state.withLock { $0.stall = now() } }

  private var isStalled: Bool {
    state.withLock { $0.stall.map { now() - $0 < .seconds(1) } ?? false }
  }

  /// What keeps transactions from being made; nil when nothing does.
  var fault: EngineFault? {
    fault(.system) ?? fault(.tenant) ?? (isStalled ? .silence : nil)
  }
}

extension EngineFault {
  /// The server has said nothing for so long that it is given up.
  static let silence = EngineFault(
    .connection,
    code: "08006",
    message: "the server does not answer"
  )

  fileprivate var isSilence: Bool { self == .silence || message.contains("timeout expired") }

  /// What an operator may hear of why the server cannot be reached, without a name or an address.
  ///
  /// libpq gives no code of what happens while it connects, so that this goes by its messages.
  var obstacle: String {
    if isSilence { return "the database does not answer" }
    let cause = Self.causes.first { $0.parts.contains { message.contains($0) } }?.cause
    return "the database cannot be reached" + (cause.map { ": \($0)" } ?? "")
  }

  private static let causes: [(parts: [String], cause: String)] = [
    (
      ["password authentication failed", "no password supplied"], "it refuses the role's password"
    ),
    (["is not permitted to log in", "no pg_hba.conf entry"], "it does not let the role in"),
    (
      ["too many clients", "too many connections", "connection slots"], "it has no connection left"
    ),
    (
      ["starting up", "shutting down", "recovery mode", "not yet accepting"],
      "it is starting or stopping"
    ),
    (["could not translate host name"], "its host is not known"),
    (["Connection refused", "No such file"], "no server listens at its address"),
    (["database \""], "there is no database of that name"),
  ]
}

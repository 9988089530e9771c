import MeshTesting
import Synchronization
import Testing

@testable import MeshStore

@Suite struct `A server that lets nobody in` {
  private final class Time: Sendable {
    private let instant = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { instant.withLock { $0 } }

    func advance(_ duration: Duration) { instant.withLock { $0 += duration } }
  }

  private let reach: PostgresReach
  private let time: Time

  init() {
    let time = Time()
    self.time = time
    reach = PostgresReach { time.now }
  }

  private static let refusal = EngineFault(.connection, code: "08001", message: "no")

  /// Tries to connect.
  ///
  /// - Returns: whether that was done at all.
  private func tries(_ scope: PostgresConnection.Scope = .system, succeeds: Bool = false) -> Bool {
    var isMade = false
    do throws(StoreError) {
      try reach.attempt(scope) { () throws(StoreError) in
        isMade = true
        if !succeeds { throw .engine(Self.refusal) }
      }
    } catch {
      #expect(error == .engine(Self.refusal), "those who do not try hear the same")
    }
    return isMade
  }

  @Test func `is tried again after pauses that grow from a tenth of a second to five`() {
    for longest in [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000] {
      #expect(tries())
      time.advance(.milliseconds(longest / 2 - 1))
      #expect(!tries())
      time.advance(.milliseconds(longest - longest / 2 + 1))
    }
    #expect(reach.fault == Self.refusal)
    #expect(tries(succeeds: true))
    #expect(reach.fault == nil)
    #expect(tries() && !tries(), "the next failure is a first one")
  }

  @Test func `is tried by one at a time`() throws {
    #expect(tries())
    time.advance(.milliseconds(100))
    var isTriedBeside: Bool?
    try reach.attempt(.system) { () throws(StoreError) in isTriedBeside = tries() }
    #expect(isTriedBeside == false)
  }

  @Test func `may do so to one role, and is tried at once with the others when it lets one in`() {
    #expect(tries(.tenant) && !tries(.tenant))
    #expect(reach.fault(.system) == nil && reach.fault == Self.refusal)
    #expect(tries(.system, succeeds: true))
    #expect(tries(.tenant, succeeds: true))
    #expect(reach.fault == nil)
  }

  @Test(
    arguments: [
      (
        #"connection to server on socket "/run/.s.PGSQL.5432" failed: FATAL:  password authentication failed for user "leads""#,
        "the database cannot be reached: it refuses the role's password"
      ),
      (
        #"connection to server at "db.internal" (10.0.0.7), port 5432 failed: Connection refused"#,
        "the database cannot be reached: no server listens at its address"
      ),
      ("connection to server at \"db\" failed: timeout expired", "the database does not answer"),
      ("FATAL:  something new about 10.0.0.7", "the database cannot be reached"),
    ]
  )
  func `is told without names and addresses`(message: String, told: String) {
    #expect(EngineFault(.connection, code: "08001", message: message).obstacle == told)
  }

  @Test func `does not answer for as long as a commit waits`() {
    reach.noteStall()
    #expect(reach.fault?.obstacle == "the database does not answer")
    time.advance(.seconds(2))
    #expect(reach.fault == nil)
  }
}

import Glibc
import MeshCore

/// Tells readers of the change log how far it is settled, and so what other processes have written; and holds
/// the lease of the service's work, or waits for it.
///
/// Its fields are guarded by its POSIX mutex: the standard library's `Mutex` has no condition to wait for.
final class PostgresListener: @unchecked Sendable {
  /// How soon a change of another process is seen, in milliseconds.
  private static let interval = 20
  /// How long an unsettled change waits for the next look, in milliseconds; it doubles up to `interval`.
  private static let firstLook = 1

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let isNeeded: UnsafeMutablePointer<pthread_cond_t>
  /// The greatest change that this process has committed.
  private var last: Int64 = 0
  private var isClosed = false

  init() {
    mutex = .allocate(capacity: 1)
    isNeeded = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    initializeTimedCondition(isNeeded)
  }

  deinit {
    pthread_cond_destroy(isNeeded)
    pthread_mutex_destroy(mutex)
    isNeeded.deallocate()
    mutex.deallocate()
  }

  private func withLock<T>(_ body: () -> T) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  func committed(_ change: Int64) {
    if change == 0 { return }
    withLock {
      last = max(last, change)
      pthread_cond_signal(isNeeded)
    }
  }

  /// The thread ends with its next look.
  func close() {
    withLock {
      isClosed = true
      pthread_cond_signal(isNeeded)
    }
  }

  /// Looks at the log after each commit, again while a change waits for transactions that began before
  /// it, and now and then for those of other processes.
  func run(_ core: StoreCore, _ engine: PostgresEngine) {
    var connection: PostgresConnection?
    var lease = LeaseHold(core.lease, engine.server)
    var settled: Int64 = 0
    var pause = Self.interval
    var looks = 0
    while let last = wait(beyond: settled, for: pause) {
      do throws(StoreError) {
        if connection == nil || connection?.isLost == true {
          connection = try engine.connect(.system)
          connection?.wire.patience = PostgresWire.patience
          try connection?.limitSilence(to: LeaseHold.silence)
        }
        let asked = ContinuousClock.now
        settled = try connection?.integer(ChangeLog.lastSequence(.postgres)) ?? settled
        core.news.publish(settled)
        if let connection { try lease.keep(connection, since: asked) }
        // Nobody may ask for a tenant's rows while the service is not ready.
        if engine.reach.fault(.tenant) != nil { _ = try? engine.connect(.tenant) }
      } catch {
        // The workers meet the same, and tell their callers. One that was lost is soon replaced.
        if error == .engine(.silence) { engine.reach.lost(.silence, .system) }
        connection = nil
        lease.lose()
        pause = Self.interval
        continue
      }
      looks = settled >= last ? 0 : looks + 1
      pause = looks == 0 ? Self.interval : min(Self.firstLook << min(looks - 1, 5), Self.interval)
    }
  }

  /// Waits until this process has committed a change beyond `settled` or the time is over.
  ///
  /// - Returns: the last committed; nil when the store is closed.
  private func wait(beyond settled: Int64, for milliseconds: Int) -> Int64? {
    withLock {
      var deadline = timespec(waiting: milliseconds * 1_000_000)
      let known = last
      while last == known || last <= settled, !isClosed {
        if pthread_cond_timedwait(isNeeded, mutex, &deadline) != 0 { break }
      }
      return isClosed ? nil : last
    }
  }
}

/// The lease of a service's work, as the connection of one thread holds it.
private struct LeaseHold {
  /// The silence after which the server ends the connection, and with it the lease.
  static let silence = Duration.seconds(10)
  /// For how long after it was asked each answer of the server's shows that the lease is held: well before the
  /// server may have given it to another.
  private static let time = Duration.seconds(8)
  private static let interval = Duration.milliseconds(250)

  private let lease: WorkLease
  private let key: Int64
  private var isHeld = false
  private var lastTry = ContinuousClock.now - interval

  init(_ lease: WorkLease, _ server: PostgresServer) {
    self.lease = lease
    key = StoreLock.key(server.schema, "work")
  }

  /// Takes the lease when it is free, and renews it while it is held.
  ///
  /// - Parameters:
  ///   - connection: which holds it.
  ///   - asked: when the connection was asked what it has answered since.
  /// - Throws: `.engine` when the connection is lost.
  mutating func keep(
    _ connection: PostgresConnection,
    since asked: ContinuousClock.Instant
  ) throws(StoreError) {
    if !isHeld, asked - lastTry >= Self.interval {
      lastTry = asked
      isHeld = try connection.integer("SELECT CAST(pg_try_advisory_lock(\(key)) AS INT)") == 1
    }
    if isHeld { lease.hold(until: asked + Self.time) }
  }

  /// The connection is gone, and its locks with it.
  mutating func lose() {
    if isHeld { lease.lose() }
    isHeld = false
  }
}

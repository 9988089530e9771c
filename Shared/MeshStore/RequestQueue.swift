import Glibc
import MeshCore

/// The bounded queue between callers and the threads of a store.
///
/// Tenants take turns, a request each, or on PostgreSQL up to 32 of the same lock, so that one with many
/// waits for itself and not others for it; none can fill more than half of the queue, and none whose requests
/// take long has the last thread. Work in the background comes when nothing else waits, or others were taken
/// before it often enough; that of one tenant can be kept to some of the threads.
///
/// Its fields are guarded by its POSIX mutex: the standard library's `Mutex` has no condition to
/// wait for.
final class RequestQueue: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let isFilled: UnsafeMutablePointer<pthread_cond_t>
  private let capacity: Int
  /// Less than a commit takes, in nanoseconds.
  private static let patience = 100_000

  /// The requests of a tenant, or of the system, in their order.
  private struct Lane {
    var requests: [StoreRequest] = []
    /// Requests before this index were taken.
    var head = 0

    /// How many requests are searched for one that can run, and for others of the same lock.
    private static let reach = 256

    var count: Int { requests.count - head }

    /// Takes the first request whose lock is not held, and up to `limit` in all of the same lock.
    mutating func takeAlike(_ limit: Int, _ held: Set<Int64>) -> [StoreRequest] {
      let end = min(requests.count, head + Self.reach)
      let start = (head..<end).first { requests[$0].lock.map { !held.contains($0) } ?? true }
      guard let start else { return [] }
      let lock = requests[start].lock
      var (taken, left): ([StoreRequest], [StoreRequest]) = ([], [])
      for request in requests[start..<end] {
        if taken.isEmpty || lock != nil && request.lock == lock && taken.count < limit {
          taken.append(request)
        } else {
          left.append(request)
        }
      }
      requests.replaceSubrange(start..<end, with: left)
      return taken
    }

    mutating func take() -> StoreRequest {
      let request = requests[head]
      head += 1
      if head > 64, 2 * head > requests.count {
        requests.removeFirst(head)
        head = 0
      }
      return request
    }
  }

  /// Requests of one priority.
  private struct Lanes {
    private var lanes: [TenantID?: Lane] = [:]
    /// Whose turn it is, from the first; each that has requests once.
    private var turns: [TenantID?] = []
    private(set) var count = 0

    func count(of tenant: TenantID?) -> Int { lanes[tenant]?.count ?? 0 }

    mutating func add(_ request: StoreRequest) {
      let tenant = request.scope.tenant
      if count(of: tenant) == 0 { turns.append(tenant) }
      lanes[tenant, default: Lane()].requests.append(request)
      count += 1
    }

    mutating func take(_ limit: Int) -> [StoreRequest] {
      var taken: [StoreRequest] = []
      var turn = 0
      while taken.count < limit, turn < turns.count {
        let tenant = turns[turn]
        turn += 1
        guard let request = lanes[tenant]?.take() else { continue }
        taken.append(request)
        if lanes[tenant]?.count == 0 { lanes[tenant] = nil } else { turns.append(tenant) }
      }
      turns.removeFirst(turn)
      count -= taken.count
      return taken
    }

    mutating func takeAlike(
      _ limit: Int,
      _ held: Set<Int64>,
      passingOver busy: Set<TenantID>
    ) -> [StoreRequest] {
      for (turn, tenant) in turns.enumerated() where tenant.map(busy.contains) != true {
        let taken = lanes[tenant]?.takeAlike(limit, held) ?? []
        if taken.isEmpty { continue }
        turns.remove(at: turn)
        if lanes[tenant]?.count == 0 { lanes[tenant] = nil } else { turns.append(tenant) }
        count -= taken.count
        return taken
      }
      return []
    }
  }

  /// A request that has run for longer is one of those that take long, unless a test says otherwise.
  static let longRun = Duration.milliseconds(20)
  /// How many others are taken while work in the background waits, before it has its turn.
  static let mostBefore = 8

  private var people = Lanes()
  private var background = Lanes()
  private var count: Int { people.count + background.count }
  /// How many others were taken since work in the background last was, or since it began to wait.
  private var takenBefore = 0
  private var takenInBackground = 0
  /// The locks of requests that were taken and are not done.
  private var held: Set<Int64> = []
  /// The requests that the threads run: tenant, priority and start of each.
  private var running:
    [(tenant: TenantID?, priority: StorePriority, start: ContinuousClock.Instant)] = []
  private let threads: Int
  /// How many threads do work in the background of one tenant at once.
  private let mostInBackground: Int
  /// A request that has run for so long is one of those that take long.
  private let longRun: Duration
  private var isClosed = false
  /// How many must wait before the taker is woken.
  private var wanted = 1

  /// - Parameters:
  ///   - capacity: the most requests that wait.
  ///   - threads: how many take requests by `takeAlike`.
  ///   - mostInBackground: how many of them do work in the background of one tenant at once.
  ///   - longRun: how long a request may run before it counts as slow.
  init(
    capacity: Int,
    threads: Int = 1,
    mostInBackground: Int = .max,
    longRun: Duration = RequestQueue.longRun
  ) {
    self.capacity = capacity
    self.threads = threads
    self.mostInBackground = mostInBackground
    self.longRun = longRun
    mutex = .allocate(capacity: 1)
    isFilled = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    initializeTimedCondition(isFilled)
  }

  deinit {
    pthread_cond_destroy(isFilled)
    pthread_mutex_destroy(mutex)
    isFilled.deallocate()
    mutex.deallocate()
  }

  private func withLock<T>(_ body: () -> T) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Requests that wait.
  var depth: Int { withLock { count } }

  /// Requests of work in the background that were taken so far.
  var steps: Int { withLock { takenInBackground } }

  /// Adds a request, or says why it cannot be taken; the caller may try again later.
  func add(_ request: StoreRequest) -> MeshError? {
    withLock {
      if isClosed { return .unavailable("the store is closed") }
      let tenant = request.scope.tenant
      let waiting = people.count(of: tenant) + background.count(of: tenant)
      if count >= capacity || tenant != nil && waiting >= max(1, capacity / 2) {
        return .unavailable("the store is busy")
      }
      switch request.priority {
      case .people: people.add(request)
      case .background: background.add(request)
      }
      if count >= wanted { pthread_cond_signal(isFilled) }
      return nil
    }
  }

  /// Waits for requests and takes up to `limit`, one of each tenant in turn, those of a tenant in their
  /// order; of work in the background one, by itself.
  ///
  /// - Parameters:
  ///   - limit: the most to take.
  ///   - expected: how many are likely to come together; they are given a moment to.
  /// - Returns: none when the queue is closed and empty: the thread is to end.
  func take(_ limit: Int, expected: Int = 1) -> [StoreRequest] {
    withLock {
      while count == 0, !isClosed { pthread_cond_wait(isFilled, mutex) }
      if expected > 1 { gather(min(expected, limit)) }
      if people.count == 0 || background.count > 0 && takenBefore >= Self.mostBefore {
        takenBefore = 0
        let taken = background.take(1)
        takenInBackground += taken.count
        return taken
      }
      if background.count > 0 { takenBefore += 1 }
      return people.take(limit)
    }
  }

  /// Waits for a request that can run, and takes with it others of the same tenant and lock.
  ///
  /// They could not run beside it anyway. No more with that lock are taken until `release` says that these are
  /// done.
  ///
  /// - Parameter limit: the most to take; of work in the background it is one.
  /// - Returns: none when the queue is closed and empty: the thread is to end.
  func takeAlike(_ limit: Int) -> [StoreRequest] {
    withLock {
      while count > 0 || !isClosed {
        let taken = nextAlike(limit)
        if let first = taken.first {
          if let lock = first.lock { held.insert(lock) }
          running.append((first.scope.tenant, first.priority, .now))
          return taken
        }
        pthread_cond_wait(isFilled, mutex)
      }
      return []
    }
  }

  /// The tenant that has held all threads but one for long; it does not get the last.
  ///
  /// With two threads it does, or one slow request would hold up all others of its tenant.
  private var slow: TenantID? {
    guard threads > 2, running.count == threads - 1, let tenant = running.first?.tenant,
      running.allSatisfy({ $0.tenant == tenant })
    else { return nil }
    let now = ContinuousClock.now
    return running.allSatisfy { now - $0.start > longRun } ? tenant : nil
  }

  /// The tenants that have as many threads at work in the background as they may.
  private var busyInBackground: Set<TenantID> {
    var counts: [TenantID: Int] = [:]
    for request in running where request.priority == .background {
      if let tenant = request.tenant { counts[tenant, default: 0] += 1 }
    }
    return Set(counts.filter { $0.value >= mostInBackground }.keys)
  }

  private func nextAlike(_ limit: Int) -> [StoreRequest] {
    let slow: Set<TenantID> = self.slow.map { [$0] } ?? []
    let isBackgroundsTurn = background.count > 0 && takenBefore >= Self.mostBefore
    if !isBackgroundsTurn {
      let taken = people.takeAlike(limit, held, passingOver: slow)
      if !taken.isEmpty {
        if background.count > 0 { takenBefore += 1 }
        return taken
      }
    }
    let taken = background.takeAlike(1, held, passingOver: slow.union(busyInBackground))
    if taken.isEmpty {
      return isBackgroundsTurn ? people.takeAlike(limit, held, passingOver: slow) : []
    }
    takenBefore = 0
    takenInBackground += 1
    return taken
  }

  /// Says that requests taken together by `takeAlike` are done, so that others of their lock or tenant can be
  /// taken.
  func release(_ taken: [StoreRequest]) {
    guard let first = taken.first else { return }
    withLock {
      if let lock = first.lock { held.remove(lock) }
      let index = running.firstIndex {
        $0.tenant == first.scope.tenant && $0.priority == first.priority
      }
      if let index { running.remove(at: index) }
      if count == 0, !isClosed { return }
      // All that wait: to see that it is closed and empty, or which can run now.
      pthread_cond_broadcast(isFilled)
    }
  }

  /// Waits until `count` requests are there, for at most a moment.
  private func gather(_ count: Int) {
    var deadline = timespec(waiting: Self.patience)
    wanted = count
    while self.count < count, !isClosed {
      if pthread_cond_timedwait(isFilled, mutex, &deadline) != 0 { break }
    }
    wanted = 1
  }

  /// Takes no more requests; threads end when those that wait are done.
  func close() {
    withLock {
      isClosed = true
      pthread_cond_broadcast(isFilled)
    }
  }
}

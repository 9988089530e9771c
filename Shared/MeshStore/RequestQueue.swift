import Glibc
import MeshCore

/// The bounded queue between callers and the threads of a store.
///
/// Its fields are guarded by its POSIX mutex: the standard library's `Mutex` has no condition to
/// wait for.
final class RequestQueue: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let isFilled: UnsafeMutablePointer<pthread_cond_t>
  private let capacity: Int
  /// Less than a commit takes, in nanoseconds.
  private static let patience = 100_000

  private var requests: [StoreRequest] = []
  /// Requests before this index were taken.
  private var head = 0
  private var isClosed = false
  /// How many must wait before the taker is woken.
  private var wanted = 1

  init(capacity: Int) {
    self.capacity = capacity
    mutex = .allocate(capacity: 1)
    isFilled = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(isFilled, nil)
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
  var depth: Int { withLock { requests.count - head } }

  /// Adds a request, or says why it cannot be taken; the caller may try again later.
  func add(_ request: StoreRequest) -> MeshError? {
    withLock {
      if isClosed { return .unavailable("the store is closed") }
      if requests.count - head >= capacity { return .unavailable("the store is busy") }
      requests.append(request)
      if requests.count - head >= wanted { pthread_cond_signal(isFilled) }
      return nil
    }
  }

  /// Waits for requests and takes up to `limit`, oldest first.
  ///
  /// - Parameters:
  ///   - limit: the most to take.
  ///   - expected: so many are likely to come together; they are given a moment to.
  /// - Returns: none when the queue is closed and empty: the thread is to end.
  func take(_ limit: Int, expected: Int = 1) -> ArraySlice<StoreRequest> {
    withLock {
      while requests.count == head, !isClosed { pthread_cond_wait(isFilled, mutex) }
      if expected > 1 { gather(min(expected, limit)) }
      let end = min(requests.count, head + limit)
      let taken = requests[head..<end]
      head = end
      if head == requests.count {
        requests = []
        head = 0
      } else if head > capacity {
        requests.removeFirst(head)
        head = 0
      }
      return taken
    }
  }

  /// Waits until `count` requests are there, for at most a moment.
  private func gather(_ count: Int) {
    var deadline = timespec()
    clock_gettime(CLOCK_REALTIME, &deadline)
    deadline.tv_nsec += Self.patience
    if deadline.tv_nsec >= 1_000_000_000 {
      deadline.tv_sec += 1
      deadline.tv_nsec -= 1_000_000_000
    }
    wanted = count
    while requests.count - head < count, !isClosed {
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

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
  private var requests: [StoreRequest] = []
  /// Requests before this index were taken.
  private var head = 0
  private var isClosed = false

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
      pthread_cond_signal(isFilled)
      return nil
    }
  }

  /// Waits for requests and takes up to `limit`, oldest first.
  ///
  /// - Returns: none when the queue is closed and empty: the thread is to end.
  func take(_ limit: Int) -> ArraySlice<StoreRequest> {
    withLock {
      while requests.count == head, !isClosed { pthread_cond_wait(isFilled, mutex) }
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

  /// Takes no more requests; threads end when those that wait are done.
  func close() {
    withLock {
      isClosed = true
      pthread_cond_broadcast(isFilled)
    }
  }
}

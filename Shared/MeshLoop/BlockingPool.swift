import Glibc

/// Threads for work that blocks: files, name resolution, password hashes.
///
/// The store has threads of its own. Work queues without bound; callers bound what they submit.
package struct BlockingPool: Sendable {
  /// Four threads, started when first used.
  package static let shared = BlockingPool(threads: 4)

  private let queue: ThreadQueue

  package init(threads: Int) {
    queue = ThreadQueue(threads: threads)
  }

  /// Runs `body` on a thread of the pool and returns to the caller's actor with its result.
  ///
  /// A body that has begun is not interrupted when the task is cancelled.
  package func run<Success: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> Success
  ) async throws(Failure) -> Success {
    let result: Result<Success, Failure> = await withUnsafeContinuation { continuation in
      queue.add { continuation.resume(returning: Result(catching: body)) }
    }
    return try result.get()
  }
}

/// A queue that threads wait on; its state is only touched with the lock held.
private final class ThreadQueue: @unchecked Sendable {
  private typealias Work = @Sendable () -> Void

  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var work: [Work] = []
  private var next = 0
  private var idle = 0
  private var startable: Int

  init(threads: Int) {
    startable = threads
    pthread_mutex_init(lock, nil)
    pthread_cond_init(arrival, nil)
  }

  func add(_ body: @escaping @Sendable () -> Void) {
    pthread_mutex_lock(lock)
    work.append(body)
    let starts = work.count - next > idle && startable > 0
    if starts { startable -= 1 }
    pthread_cond_signal(arrival)
    pthread_mutex_unlock(lock)
    if starts { startThread(named: "mesh-blocking") { [self] in serve() } }
  }

  /// Threads live as long as the process, and with them this queue.
  private func serve() -> Never {
    while true { take()() }
  }

  private func take() -> Work {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while next == work.count {
      work.removeAll(keepingCapacity: true)
      next = 0
      idle += 1
      pthread_cond_wait(arrival, lock)
      idle -= 1
    }
    let body = work[next]
    work[next] = {}
    next += 1
    if next == 1024 {
      work.removeFirst(next)
      next = 0
    }
    return body
  }
}

import Glibc
import Synchronization

/// Lets a store thread and a test wait for each other.
final class Completion: @unchecked Sendable {
  // A POSIX semaphore is made for threads; its memory is freed with the last reference.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  private let isSignalled = Atomic(false)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() {
    isSignalled.store(true, ordering: .releasing)
    sem_post(semaphore)
  }

  /// Blocks the thread: for bodies of transactions, which have one to themselves.
  func wait() {
    while sem_wait(semaphore) != 0 {}
  }

  /// Suspends the task: tests share few threads.
  func passed() async {
    while !isSignalled.load(ordering: .acquiring) { await Task.yield() }
  }
}

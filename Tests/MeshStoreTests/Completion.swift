import Glibc

/// Lets one thread wait for another, in tests that must hold a store thread up.
final class Completion: @unchecked Sendable {
  // A POSIX semaphore is made for this; its memory is freed with the last reference.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }

  func wait() {
    while sem_wait(semaphore) != 0 {}
  }
}

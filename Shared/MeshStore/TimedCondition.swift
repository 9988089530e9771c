import Glibc

/// Makes a condition whose timed waits go by the clock that nobody sets.
///
/// POSIX has them go by the time of day: when that is set back, they would last as much longer.
func initializeTimedCondition(_ condition: UnsafeMutablePointer<pthread_cond_t>) {
  var attributes = pthread_condattr_t()
  pthread_condattr_init(&attributes)
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
  pthread_cond_init(condition, &attributes)
  pthread_condattr_destroy(&attributes)
}

extension timespec {
  /// When a timed wait ends that begins now.
  ///
  /// - Parameter nanoseconds: less than a second.
  init(waiting nanoseconds: Int) {
    self.init()
    clock_gettime(CLOCK_MONOTONIC, &self)
    tv_nsec += nanoseconds
    if tv_nsec >= 1_000_000_000 {
      tv_sec += 1
      tv_nsec -= 1_000_000_000
    }
  }
}

import CLinux
@preconcurrency import Glibc

/// A process that this one has started.
struct ChildProcess {
  let pid: pid_t

  /// How a child ended.
  enum Ending: Equatable, CustomStringConvertible {
    case exit(Int32)
    case signal(Int32)

    /// - Parameter status: the status of waitpid(2).
    init(status: Int32) {
      let signal = status & 0x7F
      self = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    }

    var description: String {
      switch self {
      case .exit(let code): "exit code \(code)"
      case .signal(let number): "signal \(number)"
      }
    }
  }

  /// Starts an executable with this process's environment, in a process group of its own.
  ///
  /// Its standard output is redirected to standard error, so that standard output has only what
  /// this process prints. Signals that this process blocks are not blocked in the child.
  ///
  /// - Throws: `.failed` when the executable cannot be started.
  init(_ executable: String, _ arguments: [String]) throws(CommandError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var nothing = sigset_t()
    sigemptyset(&nothing)
    posix_spawnattr_setsigmask(&attributes, &nothing)
    // A group of its own: Ctrl-C reaches this process alone, which then stops the others in order.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

    var pid: pid_t = 0
    let words = ([executable] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    let problem = posix_spawn(&pid, executable, &actions, &attributes, words + [nil], environ)
    guard problem == 0 else {
      throw .failed("\(executable) cannot be started: \(String(cString: strerror(problem)))")
    }
    self.pid = pid
  }

  /// Waits until it has ended; blocks.
  func wait() -> Ending {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    return Ending(status: status)
  }

  /// A child that has ended since the last call; nil when all others still run.
  static func reap() -> (pid: pid_t, ending: Ending)? {
    var status: Int32 = 0
    let pid = waitpid(-1, &status, WNOHANG)
    return pid > 0 ? (pid, Ending(status: status)) : nil
  }
}

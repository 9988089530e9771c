import Glibc
import MeshCore
import MeshLoop
import MeshService

/// Runs the services of one machine: starts them, restarts those that die, and stops them all.
@LoopActor
final class Supervisor {
  private enum State {
    /// Not every service has been ready yet; one that exits now is not restarted, as it would exit
    /// again.
    case starting
    case running
    case stopping
  }

  private struct Child {
    let service: String
    /// Among its service's processes, from 1.
    let replica: Int
    let since: Deadline

    var name: String { ReplicaCounts.name(of: service, replica) }
  }

  /// How long a service may take to finish its calls before it is killed.
  private static let stopTime = Duration.seconds(15)
  /// A service that ran for at least this long before it died is restarted at once.
  private static let goodWhile = Duration.seconds(30)

  private let folder: MeshFolder
  private let database: String
  private let replicas: ReplicaCounts
  private let longestWait: Duration
  private let log: Log
  private var listen: String
  private var state = State.starting
  private var children: [pid_t: Child] = [:]
  private var failures: [String: Int] = [:]
  private var failure: CommandError?
  private var whenEnded: CheckedContinuation<Void, Never>?
  private let onStop: () -> Void

  /// - Parameters:
  ///   - folder: a prepared folder.
  ///   - listen: `host:port` for the gateway.
  ///   - database: as the services take it.
  ///   - replicas: how many processes each service has.
  ///   - longestWait: the most that a service which keeps dying waits for its restart.
  ///   - log: logs services that die.
  ///   - onStop: called once, before the services are stopped.
  init(
    folder: MeshFolder,
    listen: String,
    database: String,
    replicas: ReplicaCounts,
    longestWait: Duration,
    log: Log,
    onStop: @escaping () -> Void
  ) {
    self.folder = folder
    self.listen = listen
    self.database = database
    self.replicas = replicas
    self.longestWait = longestWait
    self.log = log
    self.onStop = onStop
  }

  /// The process of a name, as `ReplicaCounts` gives it; nil while it is not running.
  func process(of name: String) -> pid_t? { children.first { $0.value.name == name }?.key }

  /// Starts every service, and from then on handles SIGTERM and SIGINT: the first signal stops them
  /// in order, the second kills them.
  func start() {
    Loop.shared.watchSignals([SIGCHLD, SIGTERM, SIGINT]) { [self] signal in
      switch (signal, state) {
      case (SIGCHLD, _): reap()
      case (_, .stopping): kill()
      default: stop()
      }
    }
    do throws(CommandError) {
      for service in MeshFolder.services {
        for replica in 1...replicas[service: service] { try start(service, replica) }
      }
    } catch {
      fail(error)
    }
  }

  /// Every service has been ready once: from now on a service that dies for any reason is
  /// restarted.
  ///
  /// - Parameter address: the gateway's, which it keeps after a restart.
  func started(at address: String) {
    guard state == .starting else { return }
    state = .running
    listen = address
  }

  /// Stops every service because of `error`, which `ended` then throws.
  func fail(_ error: CommandError) {
    // A failure while the services are being stopped is a consequence, not the cause.
    guard state != .stopping else { return }
    failure = error
    stop()
  }

  /// Stops every service in reverse order of starting, one after the other.
  func stop() {
    guard state != .stopping else { return }
    state = .stopping
    onStop()
    stopNext()
  }

  /// Waits until every service has ended after `stop`.
  ///
  /// - Throws: the failure that stopped them; nothing after a signal.
  func ended() async throws(CommandError) {
    if !(state == .stopping && children.isEmpty) {
      await withCheckedContinuation { whenEnded = $0 }
    }
    if let failure { throw failure }
  }

  // MARK: Starting

  private func start(_ service: String, _ replica: Int) throws(CommandError) {
    var arguments = [
      "--data", folder.path, "--supervisor", String(getpid()), "--database", database,
    ]
    if !replicas.areSingle {
      arguments += ["--replicas", replicas.text, "--replica", String(replica)]
    }
    if service == "gateway" { arguments += ["--listen", listen] }
    // The variable is for all of them: each service gets a port of its own, which is its first process's.
    if replica == 1, let metrics = folder.metricsAddress(of: service) {
      arguments += ["--metrics-listen", metrics.description]
    }
    let child = try ChildProcess(folder.executable(of: service), arguments)
    children[child.pid] = Child(service: service, replica: replica, since: .now)
  }

  private func reap() {
    while let (pid, ending) = ChildProcess.reap() {
      guard let child = children.removeValue(forKey: pid) else { continue }
      switch (state, ending) {
      case (.stopping, _): stopNext()
      case (.starting, .exit(let code)):
        fail(
          .failed(
            "leadmesh-\(child.name) ended with exit code \(code) before it was ready; "
              + "see its output above"
          )
        )
      default:
        log.warning("died", ["child": .word(child.name), "of": .word(ending.description)])
        restart(child)
      }
    }
  }

  /// Restarts a service: at once the first time, then after 0.1 s, 0.2 s and so on, up to the longest
  /// wait.
  private func restart(_ child: Child) {
    let name = child.name
    let isFirst = child.since.advanced(by: Self.goodWhile).hasPassed
    let count = isFirst ? 0 : failures[name, default: -1] + 1
    failures[name] = count
    let wait = count == 0 ? Duration.zero : min(.milliseconds(50 << min(count, 20)), longestWait)
    Loop.shared.schedule(after: wait) { [self] in
      guard state != .stopping else { return }
      do throws(CommandError) {
        try start(child.service, child.replica)
      } catch {
        log.error("not_restarted", ["child": .word(name)])
        restart(Child(service: child.service, replica: child.replica, since: .now))
      }
    }
  }

  // MARK: Stopping

  private func stopNext() {
    let next = MeshFolder.services.flatMap(replicas.names).last { process(of: $0) != nil }
    guard let next, let pid = process(of: next) else {
      whenEnded?.resume()
      whenEnded = nil
      return
    }
    Glibc.kill(pid, SIGTERM)
    Loop.shared.schedule(after: Self.stopTime) { [self] in
      guard children[pid] != nil else { return }
      log.warning("killed", ["child": .word(next)])
      Glibc.kill(pid, SIGKILL)
    }
  }

  private func kill() {
    for pid in children.keys { Glibc.kill(pid, SIGKILL) }
  }
}

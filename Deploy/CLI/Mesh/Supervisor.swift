import Glibc
import MeshCore
import MeshLoop
import MeshService

/// Runs the services of one machine: starts them, starts again what dies, stops them all.
@LoopActor
final class Supervisor {
  private enum State {
    /// Not every service has been ready yet: one that gives up now would give up again.
    case starting
    case running
    case stopping
  }

  private struct Child {
    let service: String
    let since: Deadline
  }

  /// How long a service may take to finish its calls before it is killed.
  private static let stopTime = Duration.seconds(15)
  /// A service that ran so long before it died is started again at once.
  private static let goodWhile = Duration.seconds(30)

  private let folder: MeshFolder
  private let log: Log
  private var listen: String
  private var state = State.starting
  private var children: [pid_t: Child] = [:]
  private var failures: [String: Int] = [:]
  private var failure: CommandError?
  private var whenEnded: CheckedContinuation<Void, Never>?
  private let onStop: () -> Void

  /// - Parameters:
  ///   - folder: has been prepared.
  ///   - listen: `host:port` for the gateway.
  ///   - log: told of what dies.
  ///   - onStop: called once, when the services begin to be stopped.
  init(folder: MeshFolder, listen: String, log: Log, onStop: @escaping () -> Void) {
    self.folder = folder
    self.listen = listen
    self.log = log
    self.onStop = onStop
  }

  /// The process of a service; nil while it is not running.
  func process(of service: String) -> pid_t? {
    children.first { $0.value.service == service }?.key
  }

  /// Starts every service, and from then on heeds SIGTERM and SIGINT: the first stops them in order,
  /// the second at once.
  func start() {
    Loop.shared.watchSignals([SIGCHLD, SIGTERM, SIGINT]) { [self] signal in
      switch (signal, state) {
      case (SIGCHLD, _): reap()
      case (_, .stopping): kill()
      default: stop()
      }
    }
    do throws(CommandError) {
      for service in MeshFolder.services { try start(service) }
    } catch {
      fail(error)
    }
  }

  /// Every service has been ready once: from now on what dies is started again, whatever it died of.
  ///
  /// - Parameter address: the gateway's; it comes back on this one.
  func started(at address: String) {
    guard state == .starting else { return }
    state = .running
    listen = address
  }

  /// Stops every service because of `error`, which `ended` then throws.
  func fail(_ error: CommandError) {
    // What fails because the services are being stopped is no reason of its own.
    guard state != .stopping else { return }
    failure = error
    stop()
  }

  /// Stops every service, the last started first, each after the one before has ended.
  func stop() {
    guard state != .stopping else { return }
    state = .stopping
    onStop()
    stopNext()
  }

  /// Waits until every service has ended after `stop`.
  ///
  /// - Throws: why they were stopped, unless a signal was the reason.
  func ended() async throws(CommandError) {
    if !(state == .stopping && children.isEmpty) {
      await withCheckedContinuation { whenEnded = $0 }
    }
    if let failure { throw failure }
  }

  // MARK: Starting

  private func start(_ service: String) throws(CommandError) {
    var arguments = ["--data", folder.path, "--supervisor", String(getpid())]
    if service == "gateway" { arguments += ["--listen", listen] }
    let child = try ChildProcess(folder.executable(of: service), arguments)
    children[child.pid] = Child(service: service, since: .now)
  }

  private func reap() {
    while let (pid, ending) = ChildProcess.reap() {
      guard let child = children.removeValue(forKey: pid) else { continue }
      switch (state, ending) {
      case (.stopping, _): stopNext()
      case (.starting, .exit(let code)):
        fail(
          .failed(
            "leadmesh-\(child.service) ended with exit code \(code) before it was ready; "
              + "what it said stands above"
          )
        )
      default:
        log.warning("died", ["child": .word(child.service), "of": .word(ending.description)])
        restart(child)
      }
    }
  }

  /// Starts a service again: at once the first time, else after 0.1 s, then 0.2 s, up to 5 s.
  private func restart(_ child: Child) {
    let service = child.service
    let isFirst = child.since.advanced(by: Self.goodWhile).hasPassed
    let count = isFirst ? 0 : failures[service, default: -1] + 1
    failures[service] = count
    let wait = count == 0 ? Duration.zero : min(.milliseconds(50 << min(count, 8)), .seconds(5))
    Loop.shared.schedule(after: wait) { [self] in
      guard state != .stopping else { return }
      do throws(CommandError) {
        try start(service)
      } catch {
        log.error("not_restarted", ["child": .word(service)])
        restart(Child(service: service, since: .now))
      }
    }
  }

  // MARK: Stopping

  private func stopNext() {
    let next = MeshFolder.services.last { process(of: $0) != nil }
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

import Glibc
import Installed
import MeshCore
import MeshLoop
import MeshService

/// Runs a mesh in the foreground, for `up` and `demo`.
struct MeshRun {
  static let options: KeyValuePairs = [
    "--listen HOST:PORT":
      "Address of the gateway; port 0 means any free port. Default: 127.0.0.1:8080",
    "--database URL":
      "sqlite or postgres://HOST:PORT/DATABASE. Default: LEADMESH_DATABASE, else sqlite",
    "--replicas SERVICE=N":
      "Processes of a service, 1 to 16, as in leads=2,access=2; needs PostgreSQL",
    "--restart-seconds N":
      "Longest wait before a service that keeps dying is restarted, 0.1 to 300. Default: 5",
  ]

  /// How often it is said what a start waits for.
  private static let reminder = Duration.seconds(10)

  let folder: MeshFolder
  let listen: String
  let database: MeshDatabase
  let replicas: ReplicaCounts
  let longestWait: Duration

  init(_ arguments: inout Arguments) throws(CommandError) {
    folder = try MeshFolder(&arguments)
    listen = try arguments.take("listen") ?? "127.0.0.1:8080"
    guard case .tcp? = SocketAddress(listen) else {
      throw .usage("--listen: “\(listen)” is not HOST:PORT")
    }
    database = try MeshDatabase(&arguments)
    replicas = try Self.replicas(
      try arguments.take("replicas") ?? MeshFolder.variable("LEADMESH_REPLICAS") ?? "",
      isShared: database.url != nil
    )
    let seconds = try arguments.take("restart-seconds") ?? "5"
    guard let number = Double(seconds), (0.1...300).contains(number) else {
      throw .usage("--restart-seconds: “\(seconds)” is not a number from 0.1 to 300")
    }
    longestWait = .seconds(number)
    if let metrics = MeshFolder.variable("LEADMESH_METRICS_LISTEN") {
      for service in MeshFolder.services
      where folder.metricsAddress(of: service, from: metrics) == nil {
        let count = MeshFolder.services.count
        throw .usage(
          "LEADMESH_METRICS_LISTEN: “\(metrics)” must be HOST:PORT with \(count) ports from there on"
        )
      }
    }
    try arguments.finish()
  }

  private static func replicas(
    _ text: String,
    isShared: Bool
  ) throws(CommandError) -> ReplicaCounts {
    guard let counts = ReplicaCounts(text) else {
      throw .usage("--replicas: “\(text)” is not SERVICE=N, N from 1 to 16, or several with commas")
    }
    let services = Installed.services.map(\.name)
    if let other = counts.services.first(where: { !services.contains($0) }) {
      throw .usage("--replicas: “\(other)” is not one of \(services.joined(separator: ", "))")
    }
    guard isShared || counts.areSingle else {
      throw .usage(
        "--replicas: a file of SQLite has one process; several need PostgreSQL (--database)"
      )
    }
    return counts
  }

  /// Runs every service until SIGTERM or SIGINT.
  ///
  /// - Parameter whenReady: called once, when every service is ready, with the gateway's
  ///   `host:port`; cancelled when the services are stopped meanwhile.
  /// - Throws: `.failed` when the folder is in use or its data elsewhere, a service does not start or `whenReady` throws;
  ///   in each case the services are stopped.
  @LoopActor
  func run(
    whenReady: @escaping @LoopActor @Sendable (String) async throws(CommandError) -> Void
  ) async throws(CommandError) {
    // Files that the services create are accessible to this user only.
    umask(0o077)
    try folder.make()
    try await FolderLock.take(folder)
    try database.requireSole(in: folder)
    try folder.prepare()
    var work: Task<Void, Never>?
    let supervisor = Supervisor(
      folder: folder,
      listen: listen,
      database: database.text,
      replicas: replicas,
      longestWait: longestWait,
      log: Log(service: "supervisor", level: .info)
    ) { work?.cancel() }
    supervisor.start()
    work = Task.immediate { @LoopActor in
      do throws(CommandError) {
        let address = try await waitUntilReady(supervisor)
        supervisor.started(at: address)
        try await whenReady(address)
      } catch {
        supervisor.fail(error)
      }
    }
    try await supervisor.ended()
  }

  /// Waits until every service is ready, for as long as that takes.
  ///
  /// A new release may have large tables to change. A service that cannot start ends, which ends the wait.
  ///
  /// - Returns: the gateway's `host:port`.
  @LoopActor
  private func waitUntilReady(_ supervisor: Supervisor) async throws(CommandError) -> String {
    var reminder = Deadline(after: Self.reminder)
    for service in MeshFolder.services.flatMap(replicas.names) {
      while true {
        // A socket may be left from a mesh that was killed, so the process at the other end is
        // checked.
        let finding = await ServiceProbe.find(folder.socket(of: service))
        let process = supervisor.process(of: service)
        if case .ready(let pid, _) = finding, pid == process { break }
        if reminder.hasPassed {
          let reason = Self.reason(finding, process)
          Terminal.complain("leadmesh: waiting for leadmesh-\(service): \(reason)")
          reminder = Deadline(after: Self.reminder)
        }
        try await pause(.milliseconds(10))
      }
    }
    guard let address = folder.listenAddress else {
      throw .failed("leadmesh-gateway has not written its address")
    }
    return address
  }

  /// Why a service is still waited for.
  private static func reason(_ finding: ServiceProbe.Finding, _ process: pid_t?) -> String {
    guard let process else { return "it died and will be started again" }
    return switch finding {
    case .notReady(let pid, let remark) where pid == process: "it is not ready: \(remark)"
    default: "it does not answer yet, as long as it changes its tables for this release"
    }
  }
}

/// Waits on the loop.
///
/// - Throws: `.failed` when the task is cancelled.
@LoopActor
func pause(_ duration: Duration) async throws(CommandError) {
  do throws(CancellationError) {
    try await sleep(for: duration)
  } catch {
    throw .failed("stopped")
  }
}

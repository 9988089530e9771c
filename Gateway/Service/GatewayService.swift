import MeshAPI
import MeshCore
import MeshHTTP
import MeshLoop
package import MeshRPC
package import MeshService
package import MeshStore

/// The mesh's HTTP entry: the web UI and the REST API of every tenant, under its own host name.
package struct GatewayService: Service {
  package static let name = "gateway"
  package static let summary = "the web UI and the REST API, by host name"
  package static let migrations: [Migration] = []
  /// Each page begins with its session.
  package static let needs = ["access"]

  private let runtime: ServiceRuntime
  private let sites: Sites
  private let server: HTTP1Server
  private let events: EventHub

  package init(settings: GatewaySettings, runtime: ServiceRuntime) async throws {
    self.runtime = runtime
    guard let address = SocketAddress(settings.listen) else {
      throw GatewayError("LEADMESH_LISTEN: must be host:port, not \(settings.listen)")
    }
    let api = try PublicAPI()
    let sites = Sites(baseDomains: settings.baseDomains)
    self.sites = sites
    let peers = Peers(runtime, services: api.services)
    let events = EventHub(
      services: api.objects.services,
      limits: settings.events,
      verifier: runtime.verifier,
      teams: runtime.teams,
      clock: runtime.clock,
      watch: peers.watch
    )
    self.events = events
    runtime.standings.changed = { events.standingsChanged(in: $0) }
    let gateway = Gateway(
      Gateway.Parts(
        schema: api.schema,
        routes: api.routes,
        registry: api.registry,
        documents: api.documents,
        objects: api.objects,
        upstream: peers.call,
        verifier: runtime.verifier,
        files: try Self.files(settings, runtime.log),
        events: events,
        clock: runtime.clock,
        isReady: { runtime.isReady },
        searchTimeout: settings.searchTimeout,
        loginsPerMinute: settings.loginFailuresPerMinute,
        failed: { [log = runtime.log] requestID, method, problem in
          log.warning(
            "request_failed",
            [
              "request_id": .id(requestID), "method": .word(method),
              "status": .number(problem.status), "reason": .word(problem.reason.rawValue),
            ]
          )
        }
      ),
      sites: sites
    )
    // Its own listener opens below: by then every tenant's host must be known.
    try await sites.tenants.start(runtime)
    server = HTTP1Server(
      limits: settings.limits,
      clock: runtime.clock,
      refusal: { gateway.refuse($0) },
      admission: { gateway.admit($0) },
      handler: { await gateway.answer($0) }
    )
    let bound = try server.listen(on: address)
    try AddressFile.write(bound.description, to: "\(runtime.mesh.socketFolder)/gateway.address")
    runtime.log.info("listening", ["address": .word(bound.description)])
  }

  package func register(in router: inout RPCRouter) {}

  package var replicas: [any Replicated] { [sites.tenants] }

  package var work: [BackgroundWork] { [{ await finishRequests() }] }

  /// Lets running requests finish once the process stops.
  @LoopActor
  func finishRequests() async {
    await untilCancelled()
    events.end()
    await server.drain(within: runtime.mesh.drainTime)
  }

  private static func files(_ settings: GatewaySettings, _ log: Log) throws -> StaticFiles {
    guard let folder = settings.webRoot ?? WebRoot.beside(executable: WebRoot.executableFolder)
    else {
      log.warning("no_web_ui")
      return StaticFiles(contents: [:])
    }
    return try StaticFiles(folder: folder)
  }
}

/// The channels to the services, by name.
private struct Peers {
  let channels: [String: Channel]

  @LoopActor
  init(_ runtime: ServiceRuntime, services: Set<String>) {
    channels = Dictionary(
      services.map { ($0, runtime.channel(to: $0)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  @LoopActor
  func call(
    _ service: String,
    _ rpc: String,
    _ retry: RetryClass,
    _ body: [UInt8],
    _ options: CallOptions
  ) async throws(MeshError) -> [UInt8] {
    guard let channel = channels[service] else { throw .internalFailure() }
    return Array(try await channel.unary(path: rpc, body: body, retry: retry, options).message)
  }

  @LoopActor
  func watch(
    _ service: String,
    _ request: WatchRequest,
    _ timeout: Duration
  ) async throws(MeshError) -> WatchResponse {
    guard let channel = channels[service] else { throw .internalFailure() }
    let options = CallOptions(timeout: timeout, authorization: .system(GatewayService.name))
    return try await LiveChangesClient(channel).watch(request, options)
  }
}

/// Why the gateway does not start.
struct GatewayError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

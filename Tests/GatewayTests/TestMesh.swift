import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshTesting
import Synchronization
import TenantsAPI

@testable import GatewayService

/// Services that answer what the test says, and what the gateway asked of them.
@LoopActor
final class FakeServices {
  struct Sent: Sendable {
    let service: String
    let rpc: String
    let retry: RetryClass
    let body: [UInt8]
    let options: CallOptions
  }

  private(set) var sent: [Sent] = []
  /// By default an empty message.
  var reply: @LoopActor (Sent) async throws(MeshError) -> [UInt8] = { _ in [] }

  nonisolated init() {}

  func answer(_ call: Sent) async throws(MeshError) -> [UInt8] {
    sent.append(call)
    return try await reply(call)
  }
}

/// A clock that the test moves.
final class TestTime: Sendable {
  private let time = Mutex(Timestamp(microseconds: 1_800_000_000_000_000))

  var clock: Clock { Clock { self.time.withLock { $0 } } }

  var uptime: @Sendable () -> Deadline {
    { Deadline(nanoseconds: UInt64(self.time.withLock { $0.microseconds }) * 1_000) }
  }

  func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
}

/// What is known of those whose tokens are used, as the test says; by default what the tokens say.
final class TestStandings: StandingDirectory {
  typealias Answer = Result<[String], MeshError>

  private let answers = Mutex([TenantID: Answer]())

  /// Answers for all members of a tenant from now on.
  func answer(_ tenant: TenantID, _ answer: Answer) { answers.withLock { $0[tenant] = answer } }

  func roles(of claims: TokenClaims) throws(MeshError) -> [String] {
    guard let answer = answers.withLock({ $0[claims.tenant] }) else { return claims.roles }
    return try answer.get()
  }

  func roles(of member: MemberID, in tenant: TenantID) -> [String]? { nil }
}

/// What members reach by their teams, as the test says.
final class TestTeams: TeamDirectory {
  private let memberships = Mutex([MemberID: TeamMembership]())

  func set(_ membership: TeamMembership, of member: MemberID) {
    memberships.withLock { $0[member] = membership }
  }

  func membership(of member: MemberID, _ tenant: TenantID) -> TeamMembership {
    memberships.withLock { $0[member] } ?? TeamMembership()
  }

  func isActive(_ team: TeamID, _ tenant: TenantID) -> Bool { false }
}

/// A gateway with two tenants, acme and globex, and a suspended one.
@LoopActor
struct TestMesh {
  let gateway: Gateway
  let services = FakeServices()
  let log = FakeLog()
  let standings = TestStandings()
  let teams = TestTeams()
  let time = TestTime()
  let sites = Sites(baseDomains: ["localhost", "crm.example"])
  let acme = IDGenerator.system.next(TenantKind.self)
  let globex = IDGenerator.system.next(TenantKind.self)
  let session = IDGenerator.system.next(SessionKind.self)
  private let signer: TokenSigner

  /// Read once: it takes the loop, which all tests share, long enough for deadlines of others to pass.
  private static let api = Result {
    let api = try PublicAPI()
    return (api, api.documents)
  }

  /// A gateway that finds the records of each kind where the protos say.
  ///
  /// - Parameters:
  ///   - registry: the service of each kind by its prefix, in place of the protos' own.
  ///   - files: further files of the web UI, by path.
  ///   - limits: of event streams.
  /// - Throws: what keeps the gateway from being made.
  init(
    registry: [String: String]? = nil,
    files: [String: String] = [:],
    events limits: EventHub.Limits = .init()
  ) throws {
    let key = try Ed25519PrivateKey.generate()
    let verifier = TokenVerifier(keys: [key.publicKey], standings: standings, clock: time.clock)
    signer = TokenSigner(key)
    let (api, documents) = try Self.api.get()
    let (services, log) = (services, log)
    gateway = Gateway(
      Gateway.Parts(
        schema: api.schema,
        routes: api.routes,
        registry: registry.map { IDRegistry($0) } ?? api.registry,
        documents: documents,
        objects: api.objects,
        upstream: { (service, rpc, retry, body, options) throws(MeshError) in
          try await services.answer(
            FakeServices.Sent(
              service: service,
              rpc: rpc,
              retry: retry,
              body: body,
              options: options
            )
          )
        },
        verifier: verifier,
        files: Self.webUI(with: files),
        events: EventHub(
          services: ["leads"],
          limits: limits,
          verifier: verifier,
          teams: teams,
          clock: time.clock,
          watch: { (_, request, _) throws(MeshError) in try await log.answer(request) }
        ),
        clock: time.clock,
        isReady: { [sites] in sites.tenants.isComplete },
        loginsPerMinute: 3,
        now: time.uptime
      ),
      sites: sites
    )
    for (id, subdomain, state) in [
      (acme, "acme", TenantState.active), (globex, "globex", .active),
      (IDGenerator.system.next(TenantKind.self), "closed", .suspended),
    ] {
      let tenant = Tenant(
        id: id,
        subdomain: subdomain,
        displayName: "The \(subdomain) company",
        state: state
      )
      sites.tenants.take(tenant, of: id)
    }
  }

  private static func webUI(with files: [String: String]) -> StaticFiles {
    StaticFiles(
      contents: ["index.html": "<html>", "assets/main-LFYY52TQ.js": "js"]
        .merging(files) { $1 }.mapValues { Array($0.utf8) }
    )
  }

  /// A new token of a member of `tenant`, in the same session each time.
  func token(of tenant: TenantID, member: MemberID = IDGenerator.system.next()) -> String {
    signer.token(
      TokenClaims(
        member: member,
        tenant: tenant,
        session: session,
        roles: ["admin"],
        now: time.clock.now
      )
    )
  }

  /// A token of a device that has logged in to acme with an address.
  func deviceToken(_ email: String) -> String {
    signer.text(DeviceToken(newFor: email, in: acme))
  }

  /// What the gateway answers; JSON bodies are sent as such unless `headers` say otherwise.
  func send(
    _ method: String,
    _ target: String,
    host: String = "acme.localhost:8080",
    token: String? = nil,
    body: String = "",
    headers: HTTPHeaders = [:],
    address: String = "10.0.0.1"
  ) async -> HTTPResponse {
    var headers = headers
    if let token { headers.add("authorization", "Bearer \(token)") }
    if method != "GET", headers["content-type"] == nil {
      headers.add("content-type", "application/json")
    }
    return await gateway.answer(
      HTTPRequest(
        method: method,
        target: target,
        authority: host,
        headers: headers,
        body: Array(body.utf8),
        remoteAddress: address
      )
    )
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }
}

import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import TenantsAPI
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `A login limiter` {
  @Test func `lets so many failures of an address through, then says how long to wait`() {
    let limiter = LoginLimiter(perMinute: 6)
    let start = Deadline(nanoseconds: 1_000_000_000)
    for _ in 0..<6 { #expect(limiter.take("1.2.3.4", at: start) == nil) }
    #expect(limiter.take("1.2.3.4", at: start) == 10)
    #expect(limiter.take("5.6.7.8", at: start) == nil)
    #expect(limiter.take("1.2.3.4", at: start.advanced(by: .seconds(4))) == 6)
    #expect(limiter.take("1.2.3.4", at: start.advanced(by: .seconds(11))) == nil)
  }

  @Test func `counts failures alone`() {
    let limiter = LoginLimiter(perMinute: 2)
    let start = Deadline(nanoseconds: 1_000_000_000)
    for _ in 0..<100 {
      #expect(limiter.take("1.2.3.4", at: start) == nil)
      limiter.giveBack("1.2.3.4", at: start)
    }
  }
}

@LoopActor
@Suite struct `The feed of tenants` {
  /// A change log that is read in pages of two, and fails once.
  private final class Log: Sendable {
    @LoopActor var changes: [Change] = []
    @LoopActor var failures = 1
    @LoopActor var waits: [Int32] = []

    nonisolated init() {}

    @LoopActor
    func pull(_ request: PullRequest) throws(MeshError) -> PullResponse {
      waits.append(request.waitMilliseconds)
      if failures > 0 {
        failures -= 1
        throw .unavailable("starting")
      }
      let page = changes.filter { $0.sequence > request.after }.prefix(2)
      return PullResponse(
        changes: Array(page),
        position: page.last?.sequence ?? max(request.after, 0)
      )
    }
  }

  private func change(_ sequence: Int64, _ id: TenantID, _ tenant: Tenant?) -> Change {
    Change(
      sequence: sequence,
      object: "tenant",
      id: id.description,
      after: tenant?.wireBytes() ?? []
    )
  }

  private func tenant(_ id: TenantID, _ subdomain: String, _ state: TenantState = .active) -> Tenant
  {
    Tenant(id: id, subdomain: subdomain, displayName: subdomain, state: state)
  }

  @Test func `reads all tenants before it says so, in spite of failures`() async throws {
    let ids = (0..<5).map { _ in IDGenerator.system.next(TenantKind.self) }
    let log = Log()
    for (index, id) in ids.enumerated() {
      log.changes.append(change(Int64(index + 1), id, tenant(id, "tenant\(index)")))
    }
    let sites = Sites(baseDomains: ["localhost"])
    let feed = SiteFeed(sites: sites) { (request, _) throws(MeshError) in try log.pull(request) }
    try await feed.catchUp(within: .seconds(30))
    #expect(sites.isComplete)
    #expect(ids.indices.allSatisfy { sites.site(host: "tenant\($0).localhost")?.tenant == ids[$0] })
    #expect(log.waits == [0, 0, 0, 0, 0])
  }

  @Test func `says when the tenants cannot be read`() async {
    let feed = SiteFeed(sites: Sites(baseDomains: ["localhost"])) { (_, _) throws(MeshError) in
      throw .unavailable("gone")
    }
    await #expect(throws: GatewayError.self) { try await feed.catchUp(within: .zero) }
  }

  @Test func `follows a tenant that is suspended, renamed or gone, and then waits for news`()
    async throws
  {
    let (acme, globex) = (
      IDGenerator.system.next(TenantKind.self), IDGenerator.system.next(TenantKind.self)
    )
    let log = Log()
    log.failures = 0
    log.changes = [
      change(1, acme, tenant(acme, "acme")), change(2, globex, tenant(globex, "globex")),
    ]
    let sites = Sites(baseDomains: ["localhost"])
    let feed = SiteFeed(sites: sites) { (request, _) throws(MeshError) in try log.pull(request) }
    try await feed.catchUp(within: .seconds(30))
    log.changes += [
      change(7, acme, tenant(acme, "acme-corp", .suspended)), change(9, globex, nil),
    ]
    try await feed.step()
    #expect(sites.site(host: "acme.localhost") == nil)
    #expect(sites.site(host: "acme-corp.localhost")?.isSuspended == true)
    #expect(sites.site(host: "globex.localhost") == nil)
    #expect(log.waits.last == 30_000)
  }
}

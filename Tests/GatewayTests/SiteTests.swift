import MeshCore
import MeshLoop
import MeshTesting
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
@Suite struct `The tenants by host` {
  private let sites = Sites(baseDomains: ["localhost", "crm.example"])
  private let acme = IDGenerator.system.next(TenantKind.self)

  private func change(_ subdomain: String, _ state: TenantState = .active) {
    let tenant = Tenant(id: acme, subdomain: subdomain, displayName: "Acme", state: state)
    sites.tenants.take(tenant, of: acme)
  }

  @Test func `are found below each of the domains, and nowhere else`() {
    change("acme")
    for host in ["acme.localhost", "acme.crm.example", "acme.crm.example."] {
      #expect(sites.site(host: host[...])?.tenant == acme)
    }
    for host in ["localhost", "acme.example", "www.acme.localhost", "acmelocalhost", ""] {
      #expect(sites.site(host: host[...]) == nil)
    }
  }

  @Test func `follow a tenant that is suspended, renamed or gone`() {
    change("acme")
    change("acme-corp", .suspended)
    #expect(sites.site(host: "acme.localhost") == nil)
    #expect(sites.site(host: "acme-corp.localhost")?.isSuspended == true)
    sites.tenants.remove(acme, of: acme)
    #expect(sites.site(host: "acme-corp.localhost") == nil)
  }
}

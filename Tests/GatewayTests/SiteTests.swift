import MeshCore
import MeshLoop
import MeshTesting
import TenantsAPI
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `A login limiter` {
  private let start = Deadline(nanoseconds: 1_000_000_000)

  private func after(_ seconds: Int) -> Deadline { start.advanced(by: .seconds(seconds)) }

  @Test func `lets so many failures of a place through, then doubles the wait with each`() {
    let limiter = LoginLimiter(perMinute: 6)
    for _ in 0..<6 { #expect(limiter.take("1.2.3.4", at: start) == nil) }
    #expect(limiter.take("1.2.3.4", at: start) == 1)
    #expect(limiter.take("5.6.7.8", at: start) == nil)
    var now = 1
    for wait in [2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
      #expect(limiter.take("1.2.3.4", at: after(now)) == nil)
      #expect(limiter.take("1.2.3.4", at: after(now)) == wait)
      #expect(limiter.take("1.2.3.4", at: after(now + wait - 1)) == 1)
      now += wait
    }
  }

  @Test func `forgets failures once a place is quiet`() {
    let limiter = LoginLimiter(perMinute: 6)
    for _ in 0..<6 { #expect(limiter.take("1.2.3.4", at: start) == nil) }
    for _ in 0..<6 { #expect(limiter.take("1.2.3.4", at: after(61)) == nil) }
    #expect(limiter.take("1.2.3.4", at: after(61)) == 1)
  }

  @Test func `counts failures alone`() {
    let limiter = LoginLimiter(perMinute: 2)
    for _ in 0..<100 {
      #expect(limiter.take("1.2.3.4", at: start) == nil)
      limiter.giveBack("1.2.3.4")
    }
  }

  @Test func `is not reset for one that guesses much by filling its table with others`() {
    let limiter = LoginLimiter(perMinute: 3, capacity: 80)
    for _ in 0..<3 { #expect(limiter.take("hot", at: start) == nil) }
    for index in 0..<1000 { _ = limiter.take("filler \(index)", at: start) }
    #expect(limiter.take("hot", at: start) == 1)
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

import MeshCore
import MeshProto
import MeshStore
import MeshTesting
import TenantsAPI
import Testing

@testable import TenantsService

@Suite struct `Creating a tenant` {
  @Test func `makes a tenant and its owner, and records the change`() async throws {
    let fixture = try TenantsFixture()
    var request = TenantsFixture.request()
    request.tenant?.settings = TenantSettings(
      defaultRegion: "DE",
      timeZone: "Europe/Berlin",
      currency: "EUR",
      sessionIdleMinutes: 15,
      locale: "de-CH",
      fiscalYearStartMonth: 4,
      businessHours: [BusinessHours(weekday: "monday", startTime: "09:00", endTime: "17:00")],
      holidays: [Holiday(date: CalendarDate("2026-12-25"), name: "Christmas Day")],
      bantMinimum: 45,
      riskWeights: [RiskWeight(factor: "no_timeline", points: 12)],
      riskMediumFrom: 20,
      riskHighFrom: 50,
      conversionScore: 80,
      overdueEscalationHours: 48
    )
    let tenant = try await fixture.create(request)
    #expect(tenant.subdomain == "acme")
    #expect(tenant.displayName == "The acme company")
    #expect(tenant.state == .active)
    #expect(tenant.settings == request.tenant?.settings)
    #expect(tenant.etag == Etag(version: 1))
    let id = try #require(tenant.id)
    let owner = try #require(fixture.access.owners[id])
    #expect(owner.email == "owner@acme.example")
    #expect(owner.displayName == "owner")
    #expect(try await fixture.tenant() == tenant)
    let changes = try await fixture.files.changes()
    #expect(changes.map { "\($0.object).\($0.action)" } == ["tenant.create"])
    #expect(changes.first?.tenant == id)
    #expect(changes.first?.actor == "system:operator")
    #expect(try changes.first?.after.map { try Tenant(wire: $0) } == tenant)
  }

  @Test func `needs a tenant, an owner and proper values`() async throws {
    let fixture = try TenantsFixture()
    let cases: [(CreateTenantRequest, [String])] = [
      (CreateTenantRequest(owner: TenantOwner()), ["tenant"]),
      (CreateTenantRequest(tenant: Tenant(subdomain: "acme", displayName: "A")), ["owner"]),
      (TenantsFixture.request("www"), ["subdomain"]),
    ]
    for (request, fields) in cases {
      let error = await refusal { _ = try await fixture.create(request) }
      #expect(error?.code == .invalidArgument)
      #expect(error?.violations.map(\.field) == fields)
    }
    #expect(fixture.access.requests == 0)
  }

  @Test func `leaves nothing when the owner is refused, and the name free`() async throws {
    let fixture = try TenantsFixture()
    fixture.access.behave(.refusing(.invalid("owner.password", "is weak")))
    let error = await refusal { _ = try await fixture.create() }
    #expect(error == .invalid("owner.password", "is weak"))
    #expect(try await fixture.tenant() == nil)
    #expect(try await fixture.files.changes().isEmpty)
    fixture.access.behave(.working)
    _ = try await fixture.create()
  }

  @Test func `takes a subdomain once`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let error = await refusal { _ = try await fixture.create() }
    #expect(error?.code == .alreadyExists)
    #expect(error?.violations.map(\.field) == ["subdomain"])
    #expect(fixture.access.requests == 1)
    _ = try await fixture.rpc.suspendTenant(
      SuspendTenantRequest(id: tenant.idText),
      fixture.operatorCall
    )
    #expect(await refusal { _ = try await fixture.create() }?.code == .alreadyExists)
  }

  @Test func `with the same key makes one tenant, and another request is refused`() async throws {
    let fixture = try TenantsFixture()
    let request = TenantsFixture.request(key: "key-1")
    let tenant = try await fixture.create(request)
    #expect(try await fixture.create(request) == tenant)
    #expect(fixture.access.requests == 1)
    let error = await refusal {
      _ = try await fixture.create(TenantsFixture.request("globex", key: "key-1"))
    }
    #expect(error?.reason == .idempotencyConflict)
  }

  @Test func `with the same key is tried again after a refusal`() async throws {
    let fixture = try TenantsFixture()
    fixture.access.behave(.refusing(.invalid("owner.password", "is weak")))
    _ = await refusal {
      _ = try await fixture.create(TenantsFixture.request(key: "key-1", password: "weak"))
    }
    fixture.access.behave(.working)
    _ = try await fixture.create(TenantsFixture.request(key: "key-1"))
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `keeps no password and nothing of the owner`() async throws {
    let fixture = try TenantsFixture()
    fixture.access.behave(.losingAnswers)
    _ = await refusal { _ = try await fixture.create(TenantsFixture.request(key: "key-1")) }
    let bytes = try fixture.files.contents()
    #expect(bytes.contains(Array("The acme company".utf8)))
    #expect(!bytes.contains(Array("long enough password".utf8)))
    #expect(!bytes.contains(Array("owner@acme.example".utf8)))
  }
}

@Suite struct `A creation that was left off` {
  @Test func `is no tenant, and holds its name for as long as it may still be under way`()
    async throws
  {
    let fixture = try TenantsFixture()
    fixture.access.behave(.losingAnswers)
    let error = await refusal { _ = try await fixture.create() }
    #expect(error?.code == .unavailable)
    fixture.clock.advance(by: .seconds(14))
    try await fixture.resume()
    #expect(try await fixture.tenant() == nil)
    let list = try await fixture.rpc.listTenants(ListTenantsRequest(), fixture.operatorCall)
    #expect(list.tenants.isEmpty)
    fixture.access.behave(.working)
    let second = await refusal { _ = try await fixture.create() }
    #expect(second?.code == .unavailable)
    #expect(fixture.access.requests == 1)
  }

  @Test func `is completed when its owner was made`() async throws {
    let fixture = try TenantsFixture()
    fixture.access.behave(.losingAnswers)
    var request = TenantsFixture.request()
    request.tenant?.settings = TenantSettings(
      defaultRegion: "DE",
      timeZone: "Europe/Berlin",
      currency: "EUR",
      sessionIdleMinutes: 15,
      locale: "de-CH",
      fiscalYearStartMonth: 4,
      businessHours: [BusinessHours(weekday: "monday", startTime: "09:00", endTime: "17:00")],
      holidays: [Holiday(date: CalendarDate("2026-12-25"), name: "Christmas Day")],
      bantMinimum: 45,
      riskWeights: [RiskWeight(factor: "no_timeline", points: 12)],
      riskMediumFrom: 20,
      riskHighFrom: 50,
      conversionScore: 80,
      overdueEscalationHours: 48
    )
    let left = request
    _ = await refusal { _ = try await fixture.create(left) }
    fixture.clock.advance(by: .seconds(15))
    for _ in 0..<2 { try await fixture.resume() }
    let tenant = try #require(try await fixture.tenant())
    #expect(tenant.settings == left.tenant?.settings)
    #expect(fixture.access.owners.keys.map { $0 } == [tenant.id])
    let changes = try await fixture.files.changes()
    #expect(changes.map { "\($0.actor) \($0.action)" } == ["system:tenants create"])
  }

  @Test func `is withdrawn when its owner was not made, and its name is free again`() async throws {
    let fixture = try TenantsFixture()
    fixture.access.behave(.refusing(.unavailable("Access is down")))
    _ = await refusal { _ = try await fixture.create() }
    fixture.clock.advance(by: .seconds(15))
    try await fixture.resume()
    #expect(try await fixture.tenant() == nil)
    #expect(try await fixture.files.changes().isEmpty)
    fixture.access.behave(.working)
    _ = try await fixture.create()
  }

  @Test func `is settled by the next request for its name`() async throws {
    let fixture = try TenantsFixture()
    fixture.access.behave(.losingAnswers)
    _ = await refusal { _ = try await fixture.create() }
    fixture.clock.advance(by: .seconds(15))
    let error = await refusal { _ = try await fixture.create() }
    #expect(error?.code == .alreadyExists)
    #expect(try await fixture.tenant() != nil)
  }

  @Test func `is the answer to the same request with its key`() async throws {
    let fixture = try TenantsFixture()
    let request = TenantsFixture.request(key: "key-1")
    fixture.access.behave(.losingAnswers)
    _ = await refusal { _ = try await fixture.create(request) }
    fixture.clock.advance(by: .seconds(15))
    let tenant = try await fixture.create(request)
    #expect(fixture.access.requests == 1)
    #expect(fixture.access.owners.keys.map { $0 } == [tenant.id])
  }

  @Test func `is listed for the operator, and is off the list when it is made again`() async throws
  {
    let fixture = try TenantsFixture()
    let request = TenantsFixture.request(key: "key-1")
    fixture.access.behave(.refusing(.unavailable("Access is down")))
    _ = await refusal { _ = try await fixture.create(request) }
    fixture.clock.advance(by: .seconds(15))
    try await fixture.resume()
    let listed = try await fixture.files.store.commands(after: 0, limit: 10)
    #expect(listed.map(\.kind) == ["tenant.create"])
    #expect(listed.map(\.status) == [.undone])
    #expect(listed.map(\.error) == ["TenantFault failedPrecondition FAILED_PRECONDITION"])
    fixture.access.behave(.working)
    _ = try await fixture.create(request)
    #expect(try await fixture.files.store.commands(after: 0, limit: 10).isEmpty)
  }
}

import MeshCore
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import TenantsAPI
import Testing

@testable import TenantsService

@Suite struct `A store from before tenants were records` {
  private let acme: TenantID = IDGenerator.system.next()
  private let globex: TenantID = IDGenerator.system.next()
  private let pending: TenantID = IDGenerator.system.next()
  private let time = Timestamp(microseconds: 1_700_000_000_000_000)

  private func upgraded() async throws -> TenantsFixture {
    let files = try await TestStore("tenants", TenantsService.migrations, upgradedFrom: 1) {
      [acme, globex, pending, time] store in
      try await store.systemWrite(as: Author(actor: "test")) { transaction in
        try transaction.execute(
          """
          INSERT INTO tenants (
            tenant_id, version, subdomain, display_name, state, default_region, time_zone, currency,
            create_time, update_time
          ) VALUES
            (\(acme), 4, \("acme"), \("Acme"), \("active"), \("DE"), \("Europe/Berlin"),
              \("EUR"), \(time), \(time + .seconds(1))),
            (\(globex), 2, \("globex"), \("Globex"), \("suspended"), \("US"), \("UTC"),
              \("USD"), \(time), \(time))
          """
        )
        try transaction.execute(
          """
          INSERT INTO subdomains (name, owner)
          VALUES (\("acme"), \(acme)), (\("globex"), \(globex)), (\("hooli"), \(pending))
          """
        )
        try transaction.execute(
          """
          INSERT INTO pending_tenants (
            id, subdomain, display_name, default_region, time_zone, currency, lease_end
          ) VALUES (\(pending), \("hooli"), \("Hooli"), \("FR"), \("Europe/Paris"), \("EUR"), 0)
          """
        )
      }
    }
    try await files.store.systemWrite(as: Author(actor: "system:tenants")) { transaction in
      try transaction.adoptPendingTenants()
    }
    return try TenantsFixture(files)
  }

  @Test func `has each tenant as it was`() async throws {
    let fixture = try await upgraded()
    let list = try await fixture.rpc.listTenants(ListTenantsRequest(), fixture.operatorCall)
    let first = Tenant(
      id: acme,
      etag: Etag(version: 4),
      subdomain: "acme",
      displayName: "Acme",
      state: .active,
      settings: TenantSettings(
        defaultRegion: "DE",
        timeZone: "Europe/Berlin",
        currency: "EUR",
        sessionIdleMinutes: 60,
        locale: "en",
        fiscalYearStartMonth: 1,
        bantMinimum: 60,
        riskMediumFrom: 31,
        riskHighFrom: 61,
        conversionScore: 71,
        overdueEscalationHours: 24
      ),
      createTime: time,
      updateTime: time + .seconds(1)
    )
    let second = Tenant(
      id: globex,
      etag: Etag(version: 2),
      subdomain: "globex",
      displayName: "Globex",
      state: .suspended,
      settings: TenantSettings(
        defaultRegion: "US",
        timeZone: "UTC",
        currency: "USD",
        sessionIdleMinutes: 60,
        locale: "en",
        fiscalYearStartMonth: 1,
        bantMinimum: 60,
        riskMediumFrom: 31,
        riskHighFrom: 61,
        conversionScore: 71,
        overdueEscalationHours: 24
      ),
      createTime: time,
      updateTime: time
    )
    #expect(list.tenants == [first, second])
  }

  @Test func `has a column for every field and no other`() async throws {
    let fixture = try await upgraded()
    let store = fixture.files.store
    #expect(try await store.columns(of: "tenants") == Tenant.schema.columnNames)
  }

  @Test func `lets tenants be changed, resumed and completed`() async throws {
    let fixture = try await upgraded()
    var acme = try #require(try await fixture.tenant("acme"))
    let call = fixture.memberCall(acme)
    acme.settings?.currency = "CHF"
    let changed = try await fixture.rpc.updateOwnTenant(
      UpdateOwnTenantRequest(tenant: acme, updateMask: .init(paths: ["settings.currency"])),
      call
    )
    #expect(changed.settings == acme.settings)
    #expect(changed.updatedBy == call.caller.actor)
    #expect(try await fixture.tenant("acme") == changed)
    let request = ResumeTenantRequest(id: globex.description)
    #expect(try await fixture.rpc.resumeTenant(request, fixture.operatorCall).state == .active)
    fixture.access.own(TenantOwner(email: "owner@hooli.example"), pending)
    try await fixture.resume()
    let completed = try await fixture.tenant("hooli")
    #expect(completed?.id == pending)
    #expect(completed?.settings?.timeZone == "Europe/Paris")
  }
}

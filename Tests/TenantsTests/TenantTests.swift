import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import TenantsAPI
import Testing

@testable import TenantsService

@Suite struct `Finding tenants` {
  @Test func `gives one by id or by subdomain`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let requests = [GetTenantRequest(id: tenant.idText), GetTenantRequest(subdomain: "acme")]
    for request in requests {
      #expect(try await fixture.rpc.getTenant(request, fixture.operatorCall) == tenant)
    }
  }

  @Test func `needs exactly one of the two, of a tenant that is there`() async throws {
    let fixture = try TenantsFixture()
    let cases: [(GetTenantRequest, StatusCode)] = [
      (GetTenantRequest(), .invalidArgument),
      (GetTenantRequest(id: "tenant_x", subdomain: "acme"), .invalidArgument),
      (GetTenantRequest(id: "tenant_x"), .notFound),
      (GetTenantRequest(id: "\(IDGenerator.system.next(TenantKind.self))"), .notFound),
      (GetTenantRequest(subdomain: "acme"), .notFound),
    ]
    for (request, code) in cases {
      let error = await refusal {
        _ = try await fixture.rpc.getTenant(request, fixture.operatorCall)
      }
      #expect(error?.code == code)
    }
  }

  @Test func `pages through all of them by subdomain`() async throws {
    let fixture = try TenantsFixture()
    for name in ["globex", "acme", "initech", "umbrella", "hooli"] {
      _ = try await fixture.create(TenantsFixture.request(name))
    }
    var names: [String] = []
    var token = ""
    repeat {
      let page = try await fixture.rpc.listTenants(
        ListTenantsRequest(pageSize: 2, pageToken: token),
        fixture.operatorCall
      )
      #expect(page.tenants.count <= 2)
      names += page.tenants.map(\.subdomain)
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(names == ["acme", "globex", "hooli", "initech", "umbrella"])
    let error = await refusal {
      _ = try await fixture.rpc.listTenants(
        ListTenantsRequest(pageToken: "x"),
        fixture.operatorCall
      )
    }
    #expect(error?.reason == .invalidPageToken)
  }
}

@Suite struct `Suspending a tenant` {
  @Test func `closes it until it is resumed, each as often as one likes`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let other = try await fixture.create(TenantsFixture.request("globex"))
    let call = fixture.operatorCall
    for _ in 0..<2 {
      let closed = try await fixture.rpc.suspendTenant(
        SuspendTenantRequest(id: tenant.idText),
        call
      )
      #expect(closed.state == .suspended)
      #expect(closed.etag != tenant.etag)
    }
    #expect(try await fixture.tenant()?.state == .suspended)
    #expect(try await fixture.tenant("globex") == other)
    for _ in 0..<2 {
      let open = try await fixture.rpc.resumeTenant(ResumeTenantRequest(id: tenant.idText), call)
      #expect(open.state == .active)
    }
    let changes = try await fixture.files.changes().filter { $0.id == tenant.idText }
    #expect(changes.map(\.action) == ["create", "suspend", "resume"])
    // Other services learn that the tenant is open, then suspended, then open again.
    let told = try await fixture.files.standings().filter { $0.id == tenant.idText }
    #expect(told.count == 3 && told[0].after == told[2].after && told[0].after != told[1].after)
    #expect(try changes[1].after.map { try Tenant(wire: $0).state } == .suspended)
  }

  @Test func `keeps its members out, and not the operator`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let id = try #require(tenant.id)
    _ = try await fixture.rpc.suspendTenant(
      SuspendTenantRequest(id: tenant.idText),
      fixture.operatorCall
    )
    let member = fixture.memberCall(tenant)
    let error = await refusal {
      _ = try await fixture.rpc.getOwnTenant(GetOwnTenantRequest(), member)
    }
    #expect(error?.code == .permissionDenied)
    #expect(error?.reason == .tenantSuspended)
    let operatorCall = Call(caller: Caller(tenant: id, identity: .system("operator")))
    let seen = try await fixture.rpc.getOwnTenant(GetOwnTenantRequest(), operatorCall)
    #expect(seen.state == .suspended)
  }

  @Test func `is in the history, which its own members and the operator read`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let globex = try await fixture.create(TenantsFixture.request("globex"))
    let id = try #require(tenant.id)
    _ = try await fixture.rpc.suspendTenant(
      SuspendTenantRequest(id: tenant.idText),
      fixture.operatorCall
    )
    let request = ListHistoryRequest(id: tenant.idText)
    for call in [
      fixture.memberCall(tenant), Call(caller: Caller(tenant: id, identity: .system("operator"))),
    ] {
      let entries = try await fixture.rpc.listTenantHistory(request, call).entries
      #expect(entries.map(\.action) == ["suspend", "create"])
      #expect(entries.allSatisfy { $0.actor == "system:operator" })
      #expect(entries[0].changes.map(\.field) == ["state"])
    }
    let refused = await refusal {
      _ = try await fixture.rpc.listTenantHistory(request, fixture.memberCall(globex))
    }
    #expect(refused?.code == .notFound)
  }

  @Test func `needs a tenant that is there`() async throws {
    let fixture = try TenantsFixture()
    for id in ["", "acme", "\(IDGenerator.system.next(TenantKind.self))"] {
      let closing = await refusal {
        _ = try await fixture.rpc.suspendTenant(SuspendTenantRequest(id: id), fixture.operatorCall)
      }
      #expect(closing?.code == .notFound)
      let opening = await refusal {
        _ = try await fixture.rpc.resumeTenant(ResumeTenantRequest(id: id), fixture.operatorCall)
      }
      #expect(opening?.code == .notFound)
    }
  }
}

@Suite struct `A tenant's own administrators` {
  private func update(
    _ tenant: Tenant,
    _ paths: [String],
    idempotencyKey: String = ""
  ) -> UpdateOwnTenantRequest {
    UpdateOwnTenantRequest(
      tenant: tenant,
      updateMask: WellKnown.FieldMask(paths: paths),
      requestId: idempotencyKey
    )
  }

  @Test func `see their own tenant and no other`() async throws {
    let fixture = try TenantsFixture()
    let acme = try await fixture.create()
    let globex = try await fixture.create(TenantsFixture.request("globex"))
    for tenant in [acme, globex] {
      let call = fixture.memberCall(tenant, roles: ["read_only"])
      #expect(try await fixture.rpc.getOwnTenant(GetOwnTenantRequest(), call) == tenant)
    }
  }

  @Test func `change the fields of the mask in their own tenant and no other`() async throws {
    let fixture = try TenantsFixture()
    let acme = try await fixture.create()
    let globex = try await fixture.create(TenantsFixture.request("globex"))
    let wanted = Tenant(
      id: globex.id,
      etag: acme.etag,
      subdomain: "other",
      displayName: "Ignored",
      settings: TenantSettings(defaultRegion: "DE", timeZone: "Europe/Berlin", currency: "EUR")
    )
    fixture.clock.advance(by: .seconds(1))
    let call = fixture.memberCall(acme)
    let after = try await fixture.rpc.updateOwnTenant(
      update(wanted, ["settings.time_zone"]),
      call
    )
    #expect(after.id == acme.id)
    #expect(after.subdomain == "acme")
    #expect(after.displayName == acme.displayName)
    #expect(
      after.settings
        == TenantSettings(
          defaultRegion: "US",
          timeZone: "Europe/Berlin",
          currency: "USD",
          sessionIdleMinutes: 60,
          locale: "en",
          fiscalYearStartMonth: 1,
          bantMinimum: 60,
          riskMediumFrom: 31,
          riskHighFrom: 61,
          conversionScore: 71,
          overdueEscalationHours: 24
        )
    )
    #expect(after.updateTime == fixture.clock.now)
    #expect(try await fixture.tenant("globex") == globex)
    let entry = try #require(try await fixture.files.changes().last)
    #expect(entry.action == "update")
    #expect(entry.actor == call.caller.actor)
    #expect(try entry.before.map { try Tenant(wire: $0) } == acme)
    #expect(try entry.after.map { try Tenant(wire: $0) } == after)
  }

  @Test func `give the rates anew, or none, with another currency`() async throws {
    let fixture = try TenantsFixture()
    let call = fixture.memberCall(try await fixture.create())
    func change(
      _ currency: String,
      _ rates: [TenantsAPI.ExchangeRate]?
    ) async throws -> TenantSettings {
      let settings = TenantSettings(currency: currency, exchangeRates: rates ?? [])
      let paths = ["settings.currency"] + (rates == nil ? [] : ["settings.exchange_rates"])
      let request = update(Tenant(settings: settings), paths)
      return try await fixture.rpc.updateOwnTenant(request, call).settingsParts
    }
    let pound = TenantsAPI.ExchangeRate(currency: "GBP", rate: "1.17")
    let euro = TenantsAPI.ExchangeRate(currency: "EUR", rate: "0.0061")
    #expect(try await change("EUR", [pound]).exchangeRates == [pound])
    for rates in [nil, [pound]] {
      let error = await refusal { _ = try await change("JPY", rates) }
      #expect(error?.violations.map(\.field) == ["settings.exchange_rates"])
    }
    #expect(try await change("EUR", nil).exchangeRates == [pound])
    #expect(try await change("JPY", [euro]).exchangeRates == [euro])
    #expect(try await change("USD", []).exchangeRates.isEmpty)
  }

  @Test func `are refused when the tenant was changed since they read it`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let call = fixture.memberCall(tenant)
    let change = Tenant(etag: tenant.etag, displayName: "New name")
    _ = try await fixture.rpc.updateOwnTenant(update(change, ["display_name"]), call)
    let error = await refusal {
      _ = try await fixture.rpc.updateOwnTenant(update(change, ["display_name"]), call)
    }
    #expect(error?.code == .aborted)
    #expect(error?.reason == .staleEtag)
  }

  @Test func `change a tenant once for a key`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let call = fixture.memberCall(tenant)
    let change = Tenant(etag: tenant.etag, displayName: "New name")
    let request = update(change, ["display_name"], idempotencyKey: "key-1")
    let first = try await fixture.rpc.updateOwnTenant(request, call)
    #expect(try await fixture.rpc.updateOwnTenant(request, call) == first)
    let other = update(change, ["settings"], idempotencyKey: "key-1")
    let error = await refusal { _ = try await fixture.rpc.updateOwnTenant(other, call) }
    #expect(error?.reason == .idempotencyConflict)
  }

  @Test func `leave no trace when nothing changes`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let same = try await fixture.rpc.updateOwnTenant(
      update(tenant, ["*"]),
      fixture.memberCall(tenant)
    )
    #expect(same == tenant)
    #expect(try await fixture.files.changes().count == 1)
  }

  @Test func `are told what is wrong`() async throws {
    let fixture = try TenantsFixture()
    let tenant = try await fixture.create()
    let wrong = TenantSettings(defaultRegion: "XX", timeZone: "Mars/Base", currency: "dollar")
    let cases: [(Tenant?, [String], ErrorReason, [String])] = [
      (nil, ["display_name"], .invalidField, ["tenant"]),
      (Tenant(), [], .invalidField, ["update_mask"]),
      (Tenant(), ["state"], .unknownField, ["update_mask"]),
      (Tenant(), ["settings.language"], .unknownField, ["update_mask"]),
      (Tenant(subdomain: "other"), ["subdomain"], .invalidField, ["subdomain"]),
      (Tenant(), ["display_name"], .invalidField, ["display_name"]),
      (
        Tenant(settings: wrong), ["settings"], .invalidField,
        ["settings.time_zone", "settings.default_region", "settings.currency"]
      ),
    ]
    for (message, paths, reason, fields) in cases {
      var request = update(Tenant(), paths)
      request.tenant = message
      let error = await refusal { [request] in
        _ = try await fixture.rpc.updateOwnTenant(request, fixture.memberCall(tenant))
      }
      #expect(error?.code == .invalidArgument)
      #expect(error?.reason == reason)
      #expect(error?.violations.map(\.field) == fields)
    }
  }

  @Test func `may not change what others may, and others may not change it`() {
    for method in TenantsServiceMethods.all where method.needs.callers.contains(.member) {
      let permission = Permission(method.needs.object, method.needs.action)
      #expect(Policy(grants: TenantsObjects.grants).permissions(of: ["admin"]).contains(permission))
      for role in ["manager", "rep", "read_only"] {
        let isGranted = Policy(grants: TenantsObjects.grants).permissions(of: [role]).contains(
          permission
        )
        #expect(isGranted == (permission.action == "read"))
      }
    }
    let granted = Policy(grants: TenantsObjects.grants).permissions(of: ["owner"])
    #expect(granted.map(\.action) == ["edit", "read"])
    for method in TenantsServiceMethods.all where method.needs.tenantless {
      #expect(!method.needs.callers.contains(.member))
    }
  }
}

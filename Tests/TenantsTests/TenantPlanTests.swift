import MeshCore
import MeshStore
import MeshTesting
import TenantsAPI
import Testing

@testable import TenantsService

@Suite struct `The list of tenants` {
  @Test func `reads no more of them than its page has`() async throws {
    let log = PlanLog()
    let fixture = try TenantsFixture(TestStore("tenants", TenantsService.migrations, plans: log))
    _ = try await fixture.create()
    try await fill(fixture.files)
    _ = log.take()
    let first = try await fixture.rpc.listTenants(
      ListTenantsRequest(pageSize: 3),
      fixture.operatorCall
    )
    let next = try await fixture.rpc.listTenants(
      ListTenantsRequest(pageSize: 3, pageToken: first.nextPageToken),
      fixture.operatorCall
    )
    #expect(first.tenants.count == 3 && next.tenants.count == 3)
    // A tenant has one row there.
    let rule = PlanRule(small: ["tenants"], isOfAllTenants: true)
    let plans = log.take()
    #expect(plans.count >= 2)
    #expect(plans.compactMap { rule.fault(of: $0) } == [])
  }

  /// Makes a thousand tenants of one.
  private func fill(_ files: TestStore) async throws {
    let columns = try await files.store.columns(of: "tenants").subtracting([
      "tenant_id", "id", "subdomain",
    ])
    let names = columns.sorted().map { SQL(name: $0) }
    try await files.store.systemWrite(as: Author(actor: "system:test")) { transaction in
      for number in 0..<10 {
        let suffix = String(number)
        _ = try transaction.execute(
          """
          INSERT INTO subdomains (name, owner) SELECT name || \(suffix), randomblob(16) FROM subdomains
          """
        )
      }
      _ = try transaction.execute(
        """
        INSERT INTO tenants (tenant_id, id, subdomain, \(names.joined(by: ", ")))
        SELECT s.owner, s.owner, s.name, \(names.map { "t.\($0)" as SQL }.joined(by: ", "))
        FROM subdomains AS s CROSS JOIN tenants AS t
        WHERE t.subdomain = 'acme' AND s.name <> 'acme'
        """
      )
    }
    try files.settle("subdomains", "tenants")
  }
}

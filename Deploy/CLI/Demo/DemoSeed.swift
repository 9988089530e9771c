import AccessAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import TenantsAPI

/// Creates a demo tenant in a mesh: the tenant, its members, its leads through an import, what it sells, and its work.
///
/// What exists already is left as it is, so that it can continue after it was stopped, and running
/// it twice changes nothing.
@LoopActor
struct DemoSeed {
  private static let fileName = "demo-leads.csv"

  let mesh: Mesh
  let demo: DemoTenant

  func plant() async throws(CommandError) {
    let tenant = try await tenant()
    try await addMembers(to: tenant)
    try await importLeads(to: tenant)
    let members = try await members(of: tenant)
    try await DemoSalesSeed(mesh: mesh, demo: demo, tenant: tenant, members: members).plant()
    try await DemoWorkSeed(mesh: mesh, demo: demo, tenant: tenant, members: members).plant()
  }

  private func tenant() async throws(CommandError) -> TenantID {
    if let found = try await mesh.findTenant(demo.subdomain) { return found.id }
    let request = CreateTenantRequest(
      tenant: Tenant(
        subdomain: demo.subdomain,
        displayName: demo.name,
        settings: TenantSettings(
          defaultRegion: demo.region,
          timeZone: demo.timeZone,
          currency: demo.currency,
          exchangeRates: [ExchangeRate(currency: demo.otherCurrency, rate: demo.otherRate)]
        )
      ),
      owner: TenantOwner(
        email: demo.email(of: demo.owner),
        displayName: demo.owner.name,
        password: DemoTenant.password
      ),
      requestId: Mesh.newRequestID()
    )
    let created = try await mesh.ask { () async throws(MeshError) in
      try await mesh.tenants.createTenant(request, mesh.options())
    }
    guard let id = created.id else {
      throw .failed("the id of tenant \(demo.subdomain) cannot be read")
    }
    return id
  }

  private func addMembers(to tenant: TenantID) async throws(CommandError) {
    let members = try await members(of: tenant)
    // Publicly known passwords are for the demo's own tenants only.
    guard members[demo.email(of: demo.owner)] != nil else {
      throw .failed(
        "tenant \(demo.subdomain) of this folder is not the demo's; "
          + "use another folder for the demo with --data"
      )
    }
    for person in demo.people where members[demo.email(of: person)] == nil {
      let request = CreateMemberRequest(
        member: Member(
          email: demo.email(of: person),
          displayName: person.name,
          role: person.role
        ),
        password: DemoTenant.password,
        requestId: Mesh.newRequestID()
      )
      _ = try await mesh.ask { () async throws(MeshError) in
        try await mesh.access.createMember(request, mesh.options(in: tenant))
      }
    }
  }

  /// The ids of a tenant's members by their e-mail addresses.
  private func members(of tenant: TenantID) async throws(CommandError) -> [String: MemberID] {
    var ids: [String: MemberID] = [:]
    var token = ""
    repeat {
      let request = ListMembersRequest(pageSize: 1_000, pageToken: token)
      let page = try await mesh.ask { () async throws(MeshError) in
        try await mesh.access.listMembers(request, mesh.options(in: tenant))
      }
      for member in page.members { ids[member.email] = member.id }
      token = page.nextPageToken
    } while !token.isEmpty
    return ids
  }

  private func importLeads(to tenant: TenantID) async throws(CommandError) {
    let leads = ImportRun(mesh: mesh, calls: mesh.importCalls(of: "lead", in: tenant)) { _ in }
    var file = DemoFile(rows: DemoTenant.rows, seed: demo.seed)
    let source = ContentSource(name: Self.fileName) { size in file.read(size) }
    let end: Import
    if let begun = try await begunImport(in: tenant) {
      end = try await leads.finish(begun, source)
    } else {
      end = try await leads.run(source, ImportOptions())
    }
    guard end.state == .succeeded else {
      throw .failed("the import of \(demo.subdomain)'s leads failed: \(end.failure)")
    }
  }

  /// The import that an earlier run began, unless it failed or was cancelled.
  private func begunImport(in tenant: TenantID) async throws(CommandError) -> Import? {
    var token = ""
    repeat {
      let request = ListImportsRequest(pageSize: 1_000, pageToken: token)
      let page = try await mesh.ask { () async throws(MeshError) in
        try await mesh.imports.listImports(request, mesh.options(in: tenant))
      }
      let found = page.imports.first {
        $0.fileName == Self.fileName && $0.state != .failed && $0.state != .cancelled
      }
      if let found { return found }
      token = page.nextPageToken
    } while !token.isEmpty
    return nil
  }
}

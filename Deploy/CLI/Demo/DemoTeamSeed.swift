import AccessAPI
import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import TypeAPI

/// Gives the accounts and deals of a demo tenant the teams of their owners: files of records name no teams.
///
/// Those that have a team keep it.
@LoopActor
struct DemoTeamSeed {
  /// Calls at the same time.
  private static let lanes = 8

  let mesh: Mesh
  let services: DemoServices
  let demo: DemoTenant
  let tenant: TenantID
  /// The tenant's members by their e-mail addresses.
  let members: [String: MemberID]
  let crew: DemoCrew

  func plant() async throws(CommandError) {
    let teams = try await teams()
    for name in demo.sellerNames {
      guard let person = demo.people.first(where: { $0.name == name }),
        let member = members[demo.email(of: person)],
        let team = demo.team(of: name).flatMap({ teams[$0.name] })
      else { continue }
      let filter = "owner_id == '\(member)' && team_id == null"
      try await assignAccounts(filter, to: team)
      try await assignDeals(filter, to: team)
    }
  }

  /// The tenant's teams by their names.
  private func teams() async throws(CommandError) -> [String: TeamID] {
    let page = try await mesh.ask { () async throws(MeshError) in
      try await mesh.teams.listTeams(ListTeamsRequest(pageSize: 1_000), mesh.options(in: tenant))
    }
    var ids: [String: TeamID] = [:]
    for team in page.teams { ids[team.name] = team.id }
    return ids
  }

  private func assignAccounts(_ filter: String, to team: TeamID) async throws(CommandError) {
    let request = ListAccountsRequest(
      filter: filter,
      pageSize: 1_000,
      fields: .init(paths: ["name"])
    )
    let page = try await mesh.ask { () async throws(MeshError) in
      try await services.accounts.listAccounts(request, mesh.options(in: tenant))
    }
    _ = try await inLanes(page.accounts, atOnce: Self.lanes) { account async throws(CommandError) in
      let change = UpdateAccountRequest(
        account: Account(id: account.id, teamId: team),
        updateMask: .init(paths: ["team_id"]),
        requestId: Mesh.newRequestID()
      )
      return try await crew.ask(as: demo.owner.name) { (options) async throws(MeshError) in
        try await services.accounts.updateAccount(change, options)
      }.id
    }
  }

  private func assignDeals(_ filter: String, to team: TeamID) async throws(CommandError) {
    let request = ListDealsRequest(
      filter: filter,
      pageSize: 1_000,
      fields: .init(paths: ["name"])
    )
    let page = try await mesh.ask { () async throws(MeshError) in
      try await services.deals.listDeals(request, mesh.options(in: tenant))
    }
    _ = try await inLanes(page.deals, atOnce: Self.lanes) { deal async throws(CommandError) in
      let change = UpdateDealRequest(
        deal: Deal(id: deal.id, teamId: team),
        updateMask: .init(paths: ["team_id"]),
        requestId: Mesh.newRequestID()
      )
      return try await crew.ask(as: demo.owner.name) { (options) async throws(MeshError) in
        try await services.deals.updateDeal(change, options)
      }.id
    }
  }
}

extension DemoTenant {
  /// The team that a person works in, or else the first one that they manage.
  func team(of name: String) -> Team? {
    teams.first { $0.members.contains(name) } ?? teams.first { $0.manager == name }
  }
}

import AccessAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Testing

@testable import AccessService

@Suite @LoopActor struct `A list of Access` {
  private let log = PlanLog()

  @Test func `reads and sorts no more of a tenant's members than it needs`() async throws {
    let fixture = try await AccessFixture(plans: log)
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let admin = try await fixture.addMember("ada@acme.example", role: "admin")
    try await fixture.files.multiply(
      "members",
      of: fixture.tenant,
      doublings: 10,
      varying: ["email", "email_folded"],
      setting: ["owner": "FALSE"]
    )
    let plans = ListPlans(fixture.rpc.members, log)
    try await plans.indexWords(of: fixture.tenant)
    try fixture.files.settle("members")
    let faults = try await plans.faults(
      filters: [
        "email == 'rita@acme.example'", "id == '\(rep.idText)'", "role == 'rep' && active",
        "create_time > timestamp('2026-01-01T00:00:00Z')",
      ],
      words: ["example0123456789"],
      [
        TestCaller.member(try #require(admin.id), "admin", in: fixture.tenant),
        TestCaller.member(try #require(rep.id), "rep", in: fixture.tenant),
      ]
    )
    #expect(faults == [])
  }

  @Test func `reads no saved views but those of its tenant`() async throws {
    let fixture = try await AccessFixture(plans: log)
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let call = TestCaller.member(try #require(rep.id), "rep", in: fixture.tenant)
    for number in 0..<4 {
      _ = try await fixture.views.createSavedView(
        CreateSavedViewRequest(
          savedView: SavedView(
            object: "lead",
            name: "View \(number)",
            address: "status=new",
            shared: number == 1
          )
        ),
        call
      )
    }
    try await fixture.files.multiply("saved_views", of: fixture.tenant, doublings: 7, others: 40)
    try fixture.files.settle("saved_views")
    let faults = try await ListPlans(fixture.views.savedViews, log).faults(
      filters: ["object == 'lead'", "owner_id == '\(rep.idText)' && shared"],
      [call]
    )
    #expect(faults == [])
  }

  @Test func `reads no teams but those of its tenant`() async throws {
    let fixture = try await AccessFixture(plans: log)
    try await fixture.makeOwner()
    let admin = try await fixture.addMember("ada@acme.example", role: "admin")
    let call = TestCaller.member(try #require(admin.id), "admin", in: fixture.tenant)
    var parent: TeamID?
    for number in 0..<4 {
      let team = AccessAPI.Team(
        name: "Team \(number)",
        type: number == 1 ? "smb" : "",
        parentTeamId: parent
      )
      parent = try await fixture.teams.createTeam(CreateTeamRequest(team: team), call).id
    }
    try await fixture.files.multiply("teams", of: fixture.tenant, doublings: 6, others: 40)
    try fixture.files.settle("teams")
    let above = try #require(parent)
    let faults = try await ListPlans(fixture.teams.teams, log).faults(
      filters: ["type == 'smb' && active", "parent_team_id == '\(above)'"],
      [call]
    )
    #expect(faults == [])
  }
}

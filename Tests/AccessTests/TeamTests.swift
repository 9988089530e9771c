import AccessAPI
import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import AccessService

@Suite struct `A team` {
  private let fixture: AccessFixture
  private let admin: Call
  private let rita: MemberID
  private let ron: MemberID

  init() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let ada = try await fixture.addMember("ada@acme.example", role: "admin")
    admin = TestCaller.member(try #require(ada.id), "admin", in: fixture.tenant)
    rita = try #require(try await fixture.addMember("rita@acme.example").id)
    ron = try #require(try await fixture.addMember("ron@acme.example").id)
    self.fixture = fixture
  }

  private func create(
    _ name: String,
    in parent: AccessAPI.Team? = nil,
    _ fill: (inout AccessAPI.Team) -> Void = { _ in }
  ) async throws -> AccessAPI.Team {
    var team = AccessAPI.Team(name: name, parentTeamId: parent?.id)
    fill(&team)
    return try await fixture.teams.createTeam(CreateTeamRequest(team: team), admin)
  }

  private func update(
    _ team: AccessAPI.Team,
    _ paths: [String],
    _ call: Call? = nil
  ) async throws -> AccessAPI.Team {
    try await fixture.teams.updateTeam(
      UpdateTeamRequest(team: team, updateMask: WellKnown.FieldMask(paths: paths)),
      call ?? admin
    )
  }

  private func delete(_ team: AccessAPI.Team) async throws {
    _ = try await fixture.teams.deleteTeam(DeleteTeamRequest(id: team.idText), admin)
  }

  private func names(
    filter: String = "",
    _ call: Call? = nil
  ) async throws -> [String] {
    try await fixture.teams.listTeams(ListTeamsRequest(filter: filter), call ?? admin)
      .message().teams.map(\.name)
  }

  private func place(
    _ team: AccessAPI.Team,
    below parent: AccessAPI.Team?
  ) async -> [FieldViolation]? {
    var moved = team
    moved.parentTeamId = parent?.id
    moved.etag = nil
    let draft = moved
    return await refusal { _ = try await update(draft, ["parent_team_id"]) }?.violations
  }

  @Test func `keeps what it was made of`() async throws {
    let sales = try await create("Sales")
    #expect(sales.active == true && sales.memberIds.isEmpty && sales.parentTeamId == nil)
    let made = try await create("North", in: sales) { team in
      team.description = "Everything\nup there"
      team.type = "field_sales"
      team.managerId = rita
      team.active = false
      team.memberIds = [ron, rita, ron]
    }
    #expect(made.memberIds == [ron, rita], "each once, in their order")
    #expect(made.description == "Everything\nup there" && made.type == "field_sales")
    #expect(made.managerId == rita && made.parentTeamId == sales.id && made.active == false)
    #expect(made.createdBy == admin.caller.actor)
    let read = try await fixture.teams.getTeam(GetTeamRequest(id: made.idText), admin).message()
    #expect(read == made)
    #expect(try await names() == ["North", "Sales"])
    #expect(try await names(filter: "type == 'field_sales' && !active") == ["North"])
    #expect(try await names(filter: "parent_team_id == '\(sales.idText)'") == ["North"])
    #expect(try await names(filter: "manager_id == '\(ron)'") == [])
  }

  @Test func `has a name that no other team of the tenant has in any case`() async throws {
    var coast = try await create("East Coast")
    let other = try await create("West Coast")
    let again = await refusal { _ = try await create("EAST COAST") }
    #expect(again?.code == .alreadyExists && again?.violations.map(\.field) == ["name"])
    var renamed = other
    renamed.name = "east coast"
    let draft = renamed
    #expect(await refusal { _ = try await update(draft, ["name"]) }?.code == .alreadyExists)
    coast.name = "East coast"
    coast = try await update(coast, ["name"])
    try await delete(coast)
    _ = try await create("east coast")
    let back = await refusal {
      _ = try await fixture.teams.undeleteTeam(UndeleteTeamRequest(id: coast.idText), admin)
    }
    #expect(back?.violations.map(\.field) == ["name"])
  }

  @Test func `keeps a name that it shared before that was refused`() async throws {
    let twin = try await create("Twin")
    var other = try await create("Other")
    let id = try #require(other.id)
    _ = try await fixture.files.store.write(fixture.tenant, as: Author(actor: "test")) {
      try $0.execute("UPDATE teams SET name = 'twin' WHERE id = \(id)")
    }
    other = try await fixture.teams.getTeam(GetTeamRequest(id: other.idText), admin).message()
    other.description = "The second"
    other = try await update(other, ["name", "description"])
    #expect(other.name == "twin" && other.description == "The second" && twin.name == "Twin")
  }

  @Test func `is read by everybody and changed by administrators alone`() async throws {
    let team = try await create("Sales") { $0.memberIds = [rita] }
    for role in ["manager", "rep", "read_only"] {
      let member = try #require(
        try await fixture.addMember("\(role)@acme.example", role: role).id
      )
      let call = TestCaller.member(member, role, in: fixture.tenant)
      #expect(try await names(call) == ["Sales"])
      let made = await refusal {
        _ = try await fixture.teams.createTeam(
          CreateTeamRequest(team: AccessAPI.Team(name: "Mine")),
          call
        )
      }
      #expect(made?.code == .permissionDenied)
      let changed = await refusal { _ = try await update(team, ["name"], call) }
      #expect(changed?.code == .permissionDenied)
      let deleted = await refusal {
        _ = try await fixture.teams.deleteTeam(DeleteTeamRequest(id: team.idText), call)
      }
      #expect(deleted?.code == .permissionDenied)
    }
  }

  @Test func `of another tenant is not there, nor are its members`() async throws {
    let globex: TenantID = IDGenerator.system.next()
    let owner = try await fixture.makeOwner("owner@globex.example", in: globex)
    let theirs = TestCaller.member(try #require(owner.id), "owner", in: globex)
    let team = try await create("Sales") { $0.memberIds = [rita] }
    #expect(try await names(theirs) == [])
    let read = await refusal {
      _ = try await fixture.teams.getTeam(GetTeamRequest(id: team.idText), theirs)
    }
    let history = await refusal {
      _ = try await fixture.teams.listTeamHistory(ListHistoryRequest(id: team.idText), theirs)
    }
    let changed = await refusal { _ = try await update(team, ["name"], theirs) }
    for refused in [read, history, changed] { #expect(refused?.code == .notFound) }
    let unknown = await refusal {
      let id: TeamID = IDGenerator.system.next()
      _ = try await fixture.teams.getTeam(GetTeamRequest(id: "\(id)"), theirs)
    }
    #expect(unknown?.code == read?.code && unknown?.reason == read?.reason)
    /// What is wrong with a team of Globex that names these.
    func faults(_ fill: (inout AccessAPI.Team) -> Void) async -> [String]? {
      var draft = AccessAPI.Team(name: "Theirs")
      fill(&draft)
      let request = CreateTeamRequest(team: draft)
      return await refusal { _ = try await fixture.teams.createTeam(request, theirs) }?
        .violations.map { "\($0.field): \($0.description)" }
    }
    let stranger: MemberID = IDGenerator.system.next()
    let nowhere: TeamID = IDGenerator.system.next()
    for id in [team.id, nowhere] {
      let found = await faults { $0.parentTeamId = id }
      #expect(found == ["parent_team_id: must be a team of the tenant"])
    }
    #expect(await faults { $0.managerId = rita } == ["manager_id: must be an active member"])
    #expect(await faults { $0.managerId = stranger } == ["manager_id: must be an active member"])
    #expect(
      await faults { $0.memberIds = [rita] } == [
        "member_ids: must be active members; \(rita) is not"
      ]
    )
  }

  @Test func `stands below another, never in a circle and at most ten deep`() async throws {
    var line = [try await create("1")]
    for number in 2...9 { line.append(try await create("\(number)", in: line[number - 2])) }
    let circle = "must not be the team itself or one that stands below it"
    for below in [line[0], line[1], line[8]] {
      let found = await place(line[0], below: below)
      #expect(found?.map { "\($0.field): \($0.description)" } == ["parent_team_id: \(circle)"])
    }
    #expect(await place(line[8], below: line[0]) == nil)
    #expect(await place(line[8], below: line[7]) == nil)
    let other = try await create("Other")
    let tenth = try await create("Below the other", in: other)
    let deep = "must leave no team more than 10 deep"
    #expect(await place(other, below: line[8])?.map(\.description) == [deep])
    #expect(await place(other, below: line[7]) == nil)
    let eleventh = await refusal { _ = try await create("Too deep", in: tenth) }
    #expect(eleventh?.violations.map(\.description) == [deep])
  }

  @Test func `takes active members, and keeps whoever leaves`() async throws {
    var team = try await create("Sales") { $0.memberIds = [rita, ron] }
    team.managerId = ron
    team = try await update(team, ["manager_id"])
    _ = try await fixture.rpc.deactivateMember(
      DeactivateMemberRequest(id: "\(ron)"),
      fixture.call(as: "operator")
    )
    team.name = "Still with him"
    team = try await update(team, ["name", "member_ids", "manager_id"])
    #expect(team.memberIds == [rita, ron] && team.managerId == ron)
    let joining = await refusal { _ = try await create("Other") { $0.memberIds = [ron] } }
    #expect(joining?.violations.map(\.field) == ["member_ids"])
    let leading = await refusal { _ = try await create("Other") { $0.managerId = ron } }
    #expect(leading?.violations.map(\.field) == ["manager_id"])
  }

  @Test(arguments: [
    ("name", AccessAPI.Team()), ("name", AccessAPI.Team(name: String(repeating: "n", count: 101))),
    ("type", AccessAPI.Team(name: "N", type: "sales")),
    (
      "description",
      AccessAPI.Team(name: "N", description: String(repeating: "d", count: 1_001))
    ),
    (
      "member_ids",
      AccessAPI.Team(name: "N", memberIds: (0..<501).map { MemberID(high: 1, low: $0) })
    ),
    (
      "member_ids",
      AccessAPI.Team(name: "N", memberIds: (0..<1_001).map { MemberID(high: 1, low: $0) })
    ),
  ])
  func `is refused with the field that is wrong`(_ field: String, _ team: AccessAPI.Team)
    async throws
  {
    let refused = await refusal { _ = try await create("") { $0 = team } }
    #expect(refused?.violations.map(\.field) == [field])
    #expect(AccessAPI.Team.schema.limit == 500)
  }

  @Test func `is deleted when no other is part of it, and comes back where it was`() async throws {
    let sales = try await create("Sales")
    let north = try await create("North", in: sales) { $0.memberIds = [rita] }
    let held = await refusal { try await delete(sales) }
    #expect(held?.code == .failedPrecondition)
    try await delete(north)
    try await delete(sales)
    #expect(try await names() == [])
    func undelete(_ team: AccessAPI.Team) async throws -> AccessAPI.Team {
      try await fixture.teams.undeleteTeam(UndeleteTeamRequest(id: team.idText), admin)
    }
    let orphan = await refusal { _ = try await undelete(north) }
    #expect(orphan?.violations.map(\.field) == ["parent_team_id"])
    _ = try await undelete(sales)
    let back = try await undelete(north)
    #expect(back.memberIds == [rita] && back.parentTeamId == sales.id)
    let history = try await fixture.teams.listTeamHistory(
      ListHistoryRequest(id: north.idText),
      admin
    )
    #expect(history.entries.map(\.action) == ["undelete", "delete", "create"])
  }

  /// What every service was told of teams so far.
  private func told() async throws -> [(id: String, place: TeamPlace?)] {
    try await fixture.files.standings().filter { $0.object == "team_standing" }.map { entry in
      (entry.id, try entry.after.map { try TeamPlace(standing: $0) })
    }
  }

  @Test func `is told to every service when who is in it or where it stands changes`()
    async throws
  {
    let sales = try await create("Sales") { $0.managerId = ron }
    var north = try await create("North", in: sales) { $0.memberIds = [rita] }
    north.name = "Northern"
    north = try await update(north, ["name"])
    (north.parentTeamId, north.memberIds, north.active) = (nil, [ron], false)
    north = try await update(north, ["parent_team_id", "member_ids", "active"])
    try await delete(north)
    let told = try await told()
    #expect(told.map { $0.id } == [sales, north, north, north].map(\.idText))
    #expect(
      told.map { $0.place } == [
        TeamPlace(manager: ron), TeamPlace(parent: sales.id, members: [rita]),
        TeamPlace(isActive: false, members: [ron]), nil,
      ],
      "a name is no standing"
    )
    let changes = try await fixture.files.changes().filter { $0.object == "team" }
    #expect(changes.map(\.action) == ["create", "create", "update", "update", "delete"])
  }

  @Test func `is told to a service that begins, as it is`() async throws {
    let sales = try await create("Sales") { $0.managerId = ron }
    let north = try await create("North", in: sales) { $0.memberIds = [rita] }
    try await delete(try await create("Gone"))
    let page = try await fixture.files.store.snapshot(
      of: [AccessAPI.Team.standings],
      token: "",
      upTo: 1 << 20
    )
    let standings = try page.records.map { try TeamPlace(standing: $0.record.record) }
    #expect(page.records.map { $0.object } == ["team_standing", "team_standing"])
    #expect(page.records.map { $0.record.id } == [sales.idText, north.idText])
    #expect(standings == [TeamPlace(manager: ron), TeamPlace(parent: sales.id, members: [rita])])
  }

  @Test func `is not changed by an admin who is one no more`() async throws {
    let team = try await create("Sales")
    _ = try await fixture.rpc.updateMember(
      UpdateMemberRequest(
        member: Member(id: admin.caller.member, role: "rep"),
        updateMask: WellKnown.FieldMask(paths: ["role"])
      ),
      fixture.call(as: "operator")
    )
    let refused = await refusal { _ = try await update(team, ["name"]) }
    #expect(refused?.code == .permissionDenied)
  }

  @Test func `has a column for every field and no other`() async throws {
    let columns = try await fixture.files.store.columns(of: "teams")
    #expect(columns == AccessAPI.Team.schema.columnNames)
  }
}

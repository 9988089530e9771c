import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import LeadsService

/// Leads by teams: sales, led by the head, with north and south below it; a rep in each of the two.
@LoopActor
private struct TeamBench {
  let bench: LeadsBench
  let head: MemberID = IDGenerator.system.next()
  let sales: TeamID = IDGenerator.system.next()
  let north: TeamID = IDGenerator.system.next()
  let south: TeamID = IDGenerator.system.next()

  /// Managers reach what their teams do, reps what they own, admins all.
  init() async throws {
    let actions = ["read", "create", "edit", "delete", "export"]
    let grants =
      LeadsObjects.grants.filter { $0.object != "lead" } + [
        RoleGrant("lead", "rep", actions, .own), RoleGrant("lead", "manager", actions, .team),
        RoleGrant("lead", "admin", actions),
      ]
    bench = try await LeadsBench(grants: grants)
    bench.follow(head, "manager", takesLeads: false)
    place()
  }

  var asHead: Call { TestCaller.member(head, "manager", in: bench.tenant) }

  /// Puts the teams where they stand, each with its members.
  func place(
    northBelow: TeamID?? = .none,
    inNorth: [MemberID]? = nil,
    isActive: Bool = true
  ) {
    bench.teams.set(
      [
        sales: TeamPlace(manager: head),
        north: TeamPlace(
          isActive: isActive,
          parent: northBelow ?? sales,
          members: inNorth ?? [bench.reps[0]]
        ),
        south: TeamPlace(members: [bench.reps[1]]),
      ],
      of: bench.tenant
    )
  }

  func create(_ name: String, _ owner: MemberID, _ team: TeamID? = nil) async throws -> Lead {
    try await bench.create(name) { ($0.ownerId, $0.teamId) = (owner, team) }
  }

  func names(
    _ call: Call,
    filter: String = "",
    query: String = ""
  ) async throws -> [String] {
    try await bench.handlers.listLeads(
      ListLeadsRequest(filter: filter, query: query, orderBy: "create_time"),
      call
    ).message().leads.map(\.lastName)
  }

  func update(_ lead: Lead, _ paths: [String], _ call: Call) async throws -> Lead {
    var draft = lead
    draft.etag = nil
    return try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: draft, updateMask: WellKnown.FieldMask(paths: paths)),
      call
    )
  }
}

@Suite @LoopActor struct `Leads of teams` {
  @Test func `are reached by role, in every way that there is to read them`() async throws {
    let teams = try await TeamBench()
    let (bench, head) = (teams.bench, teams.asHead)
    let own = try await teams.create("Own", bench.reps[0])
    let held = try await teams.create("Held", bench.reps[1], teams.north)
    let other = try await teams.create("Other", bench.reps[1], teams.south)
    #expect(try await teams.names(bench.asAdmin()) == ["Own", "Held", "Other"])
    #expect(try await teams.names(head) == ["Own", "Held"])
    #expect(try await teams.names(bench.asRep(0)) == ["Own"])
    #expect(try await teams.names(bench.asRep(1)) == ["Held", "Other"])
    #expect(try await teams.names(head, query: "example") == ["Own", "Held"])
    #expect(try await teams.names(head, filter: "team_id == '\(teams.south)'") == [])
    #expect(try await teams.names(head, filter: "team_id == '\(teams.north)'") == ["Held"])
    let page = try await bench.handlers.listLeads(ListLeadsRequest(), head).message()
    #expect(page.totalSize == 2)
    let counted = try await bench.handlers.aggregateLeads(
      AggregateRequest(groupBy: "team_id"),
      head
    )
    #expect(
      Set(counted.groups.map { "\($0.keys) \($0.count)" }) == [
        "[\"\"] 1", "[\"\(teams.north)\"] 1",
      ]
    )
    let file = try await bench.handlers.exportLeads(
      ExportRequest(fields: "last_name,team_id"),
      head
    )
    #expect(
      String(decoding: file.content, as: UTF8.self)
        == "last_name,team_id\r\nOwn,\r\nHeld,\(teams.north)\r\n"
    )
    let services = RecordServices([bench.handlers.leads], bench.handlers.store)
    let named = try await services.resolve(
      ResolveRequest(ids: [own.idText, held.idText, other.idText]),
      head
    )
    #expect(named.records.map(\.title) == ["Own", "Held", ""])
    for (lead, isTheirs) in [(own, true), (held, true), (other, false)] {
      let read = await refusal {
        _ = try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), head)
      }
      let history = await refusal {
        _ = try await bench.handlers.listLeadHistory(ListHistoryRequest(id: lead.idText), head)
      }
      let edit = await refusal { _ = try await teams.update(lead, ["city"], head) }
      for refused in [read, history, edit] {
        #expect(refused?.code == (isTheirs ? nil : .notFound))
      }
    }
  }

  @Test func `are reached by who is in which team at the moment`() async throws {
    let teams = try await TeamBench()
    let (bench, head) = (teams.bench, teams.asHead)
    _ = try await teams.create("Own", bench.reps[0])
    _ = try await teams.create("Held", bench.reps[1], teams.north)
    #expect(try await teams.names(head) == ["Own", "Held"])
    teams.place(inNorth: [])
    #expect(try await teams.names(head) == ["Held"], "the rep has left the team")
    teams.place(inNorth: bench.reps)
    #expect(try await teams.names(head) == ["Own", "Held"])
    teams.place(northBelow: .some(.none))
    #expect(try await teams.names(head) == [], "the team is below nobody's")
    teams.place(northBelow: teams.south)
    #expect(try await teams.names(head) == [])
    teams.place(isActive: false)
    #expect(try await teams.names(head) == ["Held"], "what it holds stays with those above")
    teams.place()
    #expect(try await teams.names(head) == ["Own", "Held"])
  }

  @Test func `tell those whose teams gain one, and those whose teams lose it`() async throws {
    let teams = try await TeamBench()
    let bench = teams.bench
    let lead = try await teams.create("Lead", bench.reps[1], teams.south)
    let watchers = [
      bench.asAdmin(), teams.asHead, bench.asRep(0), bench.asRep(1),
    ].enumerated().map { Watcher(place: UInt32($0), call: $1) }
    /// Who hears what of the last change.
    func hearers() async throws -> [String: [UInt32]] {
      let last = try #require(try await bench.changes().last { $0.actor != "system:leads" })
      let records = bench.handlers.leads
      let seen = try await bench.handlers.store.read(bench.tenant) { transaction in
        try records.seen([last], by: watchers, in: transaction)
      }
      return Dictionary(
        uniqueKeysWithValues: seen.changes.map { ($0.action, $0.watchers.sorted()) }
      )
    }
    var moved = lead
    moved.teamId = teams.north
    _ = try await teams.update(moved, ["team_id"], bench.asAdmin())
    #expect(try await hearers() == ["update": [0, 1, 3]])
    moved.teamId = nil
    _ = try await teams.update(moved, ["team_id"], teams.asHead)
    #expect(try await hearers() == ["update": [0, 3], "gone": [1]])
    moved.ownerId = bench.reps[0]
    _ = try await teams.update(moved, ["owner_id"], bench.asAdmin())
    #expect(try await hearers() == ["update": [0, 1, 2], "gone": [3]])
  }

  @Test func `are given to an active team of the tenant, by those who may edit the lead`()
    async throws
  {
    let teams = try await TeamBench()
    let bench = teams.bench
    let elsewhere: TeamID = IDGenerator.system.next()
    bench.teams.set([elsewhere: TeamPlace()], of: IDGenerator.system.next())
    let lead = try await teams.create("Lead", bench.reps[0])
    func give(_ team: TeamID?, _ call: Call) async throws -> Lead {
      var given = lead
      given.teamId = team
      return try await teams.update(given, ["team_id"], call)
    }
    #expect(try await give(teams.south, bench.asRep(0)).teamId == teams.south)
    #expect(
      await refusal { _ = try await give(teams.north, bench.asRep(1)) }?.code == .notFound
    )
    var faults: [String] = []
    for team in [elsewhere, IDGenerator.system.next()] {
      let refused = await refusal { _ = try await give(team, bench.asAdmin()) }
      faults += refused?.violations.map { "\($0.field): \($0.description)" } ?? []
    }
    #expect(faults == Array(repeating: "team_id: must be an active team", count: 2))
    #expect(try await give(teams.north, bench.asAdmin()).teamId == teams.north)
    teams.place(isActive: false)
    var kept = lead
    kept.city = "Roma"
    kept.teamId = teams.north
    #expect(try await teams.update(kept, ["city", "team_id"], bench.asAdmin()).city == "Roma")
    let again = await refusal {
      _ = try await teams.create("New", bench.reps[0], teams.north)
    }
    #expect(again?.violations.map(\.field) == ["team_id"])
    #expect(try await give(nil, bench.asAdmin()).teamId == nil)
  }

  @Test func `are shared with a team's members, whatever their own record access`() async throws {
    let teams = try await TeamBench()
    let bench = teams.bench
    let lead = try await teams.create("Shared", bench.reps[1])
    let (id, call, records) = (try #require(lead.recordID), bench.asAdmin(), bench.handlers.leads)
    let share = Share(grantee: teams.north.words, level: .read)
    try await bench.handlers.store.write(bench.tenant, as: Author(call)) { transaction in
      try records.share(id, share, call, in: transaction)
    }
    #expect(try await teams.names(bench.asRep(0)) == ["Shared"])
    #expect(try await teams.names(teams.asHead) == ["Shared"])
    let edit = await refusal { _ = try await teams.update(lead, ["city"], bench.asRep(0)) }
    #expect(edit?.code == .permissionDenied)
    teams.place(inNorth: [])
    #expect(try await teams.names(bench.asRep(0)) == [])
  }
}

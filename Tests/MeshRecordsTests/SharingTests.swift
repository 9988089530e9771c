import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Synchronization
import Testing

/// The members of the tenant who have access now, all of them reps.
private final class Present: StandingDirectory {
  private let members = Mutex<Set<MemberID>>([])

  func set(_ present: MemberID...) { members.withLock { $0 = Set(present) } }

  func roles(of claims: TokenClaims) -> [String] { claims.roles }

  func roles(of member: MemberID, in tenant: TenantID) -> [String]? {
    members.withLock { $0.contains(member) } ? ["rep"] : []
  }
}

@Suite @LoopActor struct `Sharing a record` {
  @Test func `is with active members and teams of the tenant, and nobody else`() async throws {
    let present = Present()
    let bench = try ErrandBench(standings: present)
    present.set(bench.rep, bench.other)
    let errand = try await bench.create("Fetch")
    func refused(_ grantee: String) async -> [String]? {
      await refusal {
        let request = ShareRequest(id: errand.idText, granteeId: grantee)
        _ = try await bench.services.share(request, bench.asManager)
      }?.violations.map(\.field)
    }
    for grantee in ["\(bench.other)", "\(bench.team)"] {
      #expect(await refused(grantee) == nil, "\(grantee)")
    }
    let nobody = ["\(MemberID(high: 9, low: 9))", "\(TeamID(high: 9, low: 9))", errand.idText, ""]
    for grantee in nobody { #expect(await refused(grantee) == ["grantee_id"], "\(grantee)") }
    present.set(bench.rep)
    #expect(await refused("\(bench.other)") == ["grantee_id"], "who has left")
    let id = try #require(errand.recordID)
    let shares = try await bench.opened.store.read(bench.tenant) { try $0.shares("errand", id) }
    #expect(Set(shares.map(\.grantee)) == [bench.other.words, bench.team.words])
    _ = try await bench.services.unshare(
      UnshareRequest(id: errand.idText, granteeId: "\(bench.other)"),
      bench.asManager
    )
  }

  @Test func `to edit it, or its parent, lets nobody give it away, nor does taking part in it`()
    async throws
  {
    let bench = try ErrandBench()
    let round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning", ownerId: bench.rep)),
      bench.asManager
    )
    let errands = [
      try await bench.create("shared") { $0.ownerId = bench.rep },
      try await bench.create("of a round") { ($0.ownerId, $0.roundId) = (bench.rep, round.id) },
      try await bench.create("taken part in") {
        ($0.ownerId, $0.assigneeIds) = (bench.rep, [bench.other])
      },
    ]
    for id in [errands[0].idText, round.idText] {
      let request = ShareRequest(id: id, granteeId: "\(bench.other)", mayEdit: true)
      _ = try await bench.services.share(request, bench.asManager)
    }
    for errand in errands {
      var own = try await bench.get(errand, bench.asOther)
      own.notes = "seen"
      own = try await bench.update(own, ["notes", "owner_id", "team_id"], bench.asOther)
      #expect(own.notes == "seen", "who holds it stays as it is")
      (own.ownerId, own.teamId) = (bench.other, bench.team)
      for field in ["owner_id", "team_id"] {
        let refused = await refusal {
          _ = try await bench.update(own, [field], bench.asOther)
        }
        #expect(refused?.code == .permissionDenied, "\(field) of \(own.title)")
      }
      let editable = try await editable(errand, bench.asOther, bench)
      #expect(editable.contains("notes"))
      #expect(editable.isDisjoint(with: ["owner_id", "team_id"]))
    }
    let operation = try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        ids: errands.map(\.idText),
        errand: Errand(ownerId: bench.other),
        updateMask: .init(paths: ["owner_id"])
      ),
      bench.asOther
    )
    let done = try await bench.finish(operation, bench.asOther)
    #expect(done.failed == 3 && done.done == 0)
    // Whoever has it may give it to them; then it is theirs to give.
    #expect(try await editable(errands[0], bench.asRep, bench).isSuperset(of: ["owner_id"]))
    var given = try await bench.get(errands[0])
    given.ownerId = bench.other
    given = try await bench.update(given, ["owner_id"], bench.asRep)
    given.ownerId = bench.manager
    given = try await bench.update(given, ["owner_id"], bench.asOther)
    #expect(given.ownerId == bench.manager)
  }

  @Test func `to edit it lets nobody move it under a record of their own, and take it so`()
    async throws
  {
    let bench = try ErrandBench()
    func round(of owner: MemberID) async throws -> Round {
      let round = Round(displayName: "Morning", ownerId: owner)
      return try await bench.handlers.createRound(CreateRoundRequest(round: round), bench.asManager)
    }
    let (theirs, own) = (try await round(of: bench.rep), try await round(of: bench.other))
    let errands = [
      try await bench.create("shared") { $0.ownerId = bench.rep },
      try await bench.create("of a round") { ($0.ownerId, $0.roundId) = (bench.rep, theirs.id) },
      try await bench.create("taken part in") {
        ($0.ownerId, $0.assigneeIds) = (bench.rep, [bench.other])
      },
    ]
    for id in [errands[0].idText, theirs.idText] {
      let request = ShareRequest(id: id, granteeId: "\(bench.other)", mayEdit: true)
      _ = try await bench.services.share(request, bench.asManager)
    }
    for errand in errands {
      for round in [own.id, nil] where round != errand.roundId {
        var moved = try await bench.get(errand, bench.asOther)
        moved.roundId = round
        let refused = await refusal {
          _ = try await bench.update(moved, ["round_id"], bench.asOther)
        }
        #expect(refused?.code == .permissionDenied, "\(errand.title)")
      }
      #expect(!(try await editable(errand, bench.asOther, bench)).contains("round_id"))
    }
    let operation = try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        ids: errands.map(\.idText),
        errand: Errand(roundId: own.id),
        updateMask: .init(paths: ["round_id"])
      ),
      bench.asOther
    )
    #expect(try await bench.finish(operation, bench.asOther).failed == 3)
    // Whoever holds it may; then it is also the others' who hold the round.
    var moved = try await bench.get(errands[0], bench.asRep)
    moved.roundId = own.id
    _ = try await bench.update(moved, ["round_id"], bench.asRep)
    #expect(try await editable(errands[0], bench.asOther, bench).contains("owner_id"))
  }

  @Test func `is for who holds it: not by a share, nor by taking part in it`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("shared") {
      ($0.ownerId, $0.assigneeIds) = (bench.rep, [bench.mate])
    }
    let end = bench.clock.now + .seconds(60)
    try await share(errand, with: "\(bench.other)", until: end, bench.asRep, bench)
    // The mate's team is the rep's: without it, they only take part.
    let guest: MemberID = IDGenerator.system.next()
    let asGuest = TestCaller.member(guest, "rep", in: bench.tenant)
    let taking = try await bench.create("taken part in") {
      ($0.ownerId, $0.assigneeIds) = (bench.rep, [guest])
    }
    for (errand, call) in [(errand, bench.asOther), (taking, asGuest)] {
      let asking: [@LoopActor () async throws -> Void] = [
        { try await share(errand, with: "\(bench.other)", until: nil, call, bench) },
        { try await share(errand, with: "\(bench.manager)", until: nil, call, bench) },
        {
          let request = UnshareRequest(id: errand.idText, granteeId: "\(bench.other)")
          _ = try await bench.services.unshare(request, call)
        },
        { _ = try await bench.services.shares(SharesRequest(id: errand.idText), call) },
      ]
      for (number, ask) in asking.enumerated() {
        #expect(await refusal(ask)?.code == .permissionDenied, "\(number) of \(errand.title)")
      }
    }
    bench.clock.advance(by: .seconds(61))
    #expect(await refusal { _ = try await bench.get(errand, bench.asOther) }?.code == .notFound)
    // Their team's records are the mate's.
    let asMate = TestCaller.member(bench.mate, "rep", in: bench.tenant)
    try await share(errand, with: "\(bench.other)", until: nil, asMate, bench)
    #expect(try await bench.get(errand, bench.asOther).id == errand.id)
  }

  @Test func `is listed for who may share it, without what has ended`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("shared") {
      ($0.ownerId, $0.assigneeIds) = (bench.rep, [bench.manager])
    }
    func shares(_ call: Call) async throws -> [RecordShare] {
      try await bench.services.shares(SharesRequest(id: errand.idText), call).shares
    }
    #expect(try await shares(bench.asRep).isEmpty, "taking part is no share")
    let (start, end) = (bench.clock.now, bench.clock.now + .seconds(60))
    try await share(errand, with: "\(bench.other)", until: end, bench.asManager, bench)
    bench.clock.advance(by: .seconds(1))
    let team = ShareRequest(id: errand.idText, granteeId: "\(bench.team)")
    _ = try await bench.services.share(team, bench.asRep)
    let ofTeam = RecordShare(granteeId: "\(bench.team)", createTime: start + .seconds(1))
    #expect(
      try await shares(bench.asRep) == [
        RecordShare(
          granteeId: "\(bench.other)",
          mayEdit: true,
          expireTime: end,
          createTime: start
        ), ofTeam,
      ]
    )
    bench.clock.advance(by: .seconds(60))
    #expect(try await shares(bench.asRep) == [ofTeam])
    let request = UnshareRequest(id: errand.idText, granteeId: "\(bench.team)")
    _ = try await bench.services.unshare(request, bench.asRep)
    #expect(try await shares(bench.asManager).isEmpty)
    for call in [bench.asOther, bench.asManagerElsewhere] {
      #expect(await refusal { _ = try await shares(call) }?.code == .notFound)
    }
    let nowhere = SharesRequest(id: "errand_none")
    let missing = await refusal { _ = try await bench.services.shares(nowhere, bench.asRep) }
    #expect(missing?.code == .notFound)
  }

  @Test func `to edit it, or its parent, lets nobody say who takes part in it`() async throws {
    let bench = try ErrandBench()
    let round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning", ownerId: bench.rep)),
      bench.asManager
    )
    let errands = [
      try await bench.create("shared") { $0.ownerId = bench.rep },
      try await bench.create("of a round") { ($0.ownerId, $0.roundId) = (bench.rep, round.id) },
    ]
    for id in [errands[0].idText, round.idText] {
      let request = ShareRequest(id: id, granteeId: "\(bench.other)", mayEdit: true)
      _ = try await bench.services.share(request, bench.asManager)
    }
    func take(_ errand: Errand) async -> StatusCode? {
      await refusal {
        var taken = try await bench.get(errand, bench.asOther)
        taken.assigneeIds.append(bench.other)
        _ = try await bench.update(taken, ["assignee_ids"], bench.asOther)
      }?.code
    }
    for errand in errands {
      #expect(await take(errand) == .permissionDenied, "\(errand.title)")
      #expect(!(try await editable(errand, bench.asOther, bench)).contains("assignee_ids"))
    }
    let operation = try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        ids: errands.map(\.idText),
        errand: Errand(assigneeIds: [bench.other]),
        updateMask: .init(paths: ["assignee_ids"])
      ),
      bench.asOther
    )
    #expect(try await bench.finish(operation, bench.asOther).failed == 2)
    // Whoever takes part may, such as to hand it on.
    var own = try await bench.get(errands[0])
    own.assigneeIds = [bench.other]
    own = try await bench.update(own, ["assignee_ids"], bench.asRep)
    #expect(try await editable(own, bench.asOther, bench).contains("assignee_ids"))
    own.assigneeIds = [bench.manager]
    own = try await bench.update(own, ["assignee_ids"], bench.asOther)
    #expect(own.assigneeIds == [bench.manager])
    #expect(await take(own) == .permissionDenied)
  }

  private func share(
    _ errand: Errand,
    with grantee: String,
    until end: Timestamp?,
    _ call: Call,
    _ bench: ErrandBench
  ) async throws {
    let id = errand.idText
    let request = ShareRequest(id: id, granteeId: grantee, mayEdit: true, expireTime: end)
    _ = try await bench.services.share(request, call)
  }

  private func editable(
    _ errand: Errand,
    _ call: Call,
    _ bench: ErrandBench
  ) async throws -> Set<String> {
    let request = PermissionsRequest(id: errand.idText)
    return Set(try await bench.services.permissions(request, call).editableFields)
  }
}

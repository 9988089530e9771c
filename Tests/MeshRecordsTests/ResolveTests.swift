import ErrandsAPI
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

@Suite @LoopActor struct `Records by their ids` {
  private let nowhere = "errand_01h455vb4pex5vsknk084sn02q"

  private func made(_ bench: ErrandBench) async throws -> (own: Errand, other: Errand, Round) {
    let own = try await bench.create("Fetch") { errand in
      (errand.ownerId, errand.reference) = (bench.rep, "P-7")
    }
    let other = try await bench.create("Bring") { $0.ownerId = bench.other }
    let round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning", ownerId: bench.rep)),
      bench.asManager
    )
    return (own, other, round)
  }

  @Test func `have a title and a subtitle, of any kind and in the order asked for`() async throws {
    let bench = try ErrandBench()
    let (own, other, round) = try await made(bench)
    let ids = [round.idText, nowhere, own.idText, "lead_01h455vb4pex5vsknk084sn02q", other.idText]
    let response = try await bench.services.resolve(ResolveRequest(ids: ids), bench.asManager)
    #expect(
      response.records == [
        ResolvedRecord(id: ids[0], exists: true, title: "Morning"),
        ResolvedRecord(id: ids[1]),
        ResolvedRecord(id: ids[2], exists: true, title: "Fetch P-7", subtitle: "open"),
        ResolvedRecord(id: ids[3]),
        ResolvedRecord(id: ids[4], exists: true, title: "Bring", subtitle: "open"),
      ]
    )
  }

  @Test func `do not exist for a caller who may not read them`() async throws {
    let bench = try ErrandBench()
    let (own, other, round) = try await made(bench)
    let ids = [own.idText, other.idText, round.idText]
    let seen = try await bench.services.resolve(ResolveRequest(ids: ids), bench.asRep)
    #expect(seen.records.map(\.exists) == [true, false, true])
    #expect(seen.records[1] == ResolvedRecord(id: other.idText), "says nothing about it")
    let abroad = try await bench.services.resolve(
      ResolveRequest(ids: ids),
      bench.asManagerElsewhere
    )
    #expect(abroad.records.map(\.exists) == [false, false, false])
  }

  @Test func `are checked for what the caller may do`() async throws {
    let bench = try ErrandBench()
    let (own, other, round) = try await made(bench)
    let ids = [own.idText, other.idText, round.idText, "nonsense"]
    func check(_ action: String, _ call: Call) async throws -> [CheckedRecord] {
      try await bench.services.check(CheckRequest(ids: ids, action: action), call).records
    }
    let edit = try await check("edit", bench.asRep)
    #expect(edit.map(\.id) == ids)
    #expect(edit.map(\.exists) == [true, false, true, false])
    #expect(edit.map(\.allowed) == [true, false, true, false])
    #expect(try await check("delete", bench.asRep).map(\.allowed).contains(true) == false)
    let delete = try await check("delete", bench.asManager)
    #expect(delete.map(\.allowed) == [true, true, true, false])
    let refused = await refusal { _ = try await check("fly", bench.asRep) }
    #expect(refused?.violations.map(\.field) == ["action"])
  }

  @Test func `go by what else is known of them when they have no title`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("-")
    try await bench.opened.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
      var nameless = errand
      nameless.title = ""
      _ = try transaction.save(nameless, before: errand, by: NoRules<Errand>())
    }
    let ids = [errand.idText]
    let seen = try await bench.services.resolve(ResolveRequest(ids: ids), bench.asManager)
    #expect(seen.records == [ResolvedRecord(id: ids[0], exists: true, title: "open")])
  }

  @Test func `say what the caller may do with one of them`() async throws {
    let bench = try ErrandBench(custom: [RecordField("custom.mood", .text)])
    let errand = try await bench.create("Fetch") { $0.ownerId = bench.rep }
    let id = try #require(errand.recordID)
    let share = Share(grantee: bench.other.words, level: .read, expireTime: nil)
    try await bench.opened.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
      try transaction.share("errand", id, share)
    }
    func permissions(_ call: Call) async throws -> PermissionsResponse {
      try await bench.services.permissions(PermissionsRequest(id: errand.idText), call)
    }
    let owner = try await permissions(bench.asRep)
    #expect(owner.actions == ["edit", "read"])
    #expect(owner.visibleFields == Errand.schema.fields.map(\.name) + ["custom.mood"])
    #expect(owner.editableFields.contains("title") && owner.editableFields.last == "custom.mood")
    let fixed = ["id", "etag", "created_by", "reference"]
    #expect(Set(owner.editableFields).isDisjoint(with: fixed), "not even the owner changes these")
    let reader = try await permissions(bench.asOther)
    #expect(reader.actions == ["read"] && reader.editableFields == [])
    #expect(reader.visibleFields == owner.visibleFields)
    let manager = try await permissions(bench.asManager)
    #expect(manager.actions == ["delete", "edit", "export", "read"])
    let guest = TestCaller.member(MemberID(high: 3, low: 3), "rep", in: bench.tenant)
    for stranger in [bench.asManagerElsewhere, guest] {
      let refused = await refusal { _ = try await permissions(stranger) }
      #expect(refused?.code == .notFound)
    }
    let nothing = await refusal {
      _ = try await bench.services.permissions(
        PermissionsRequest(id: "nonsense"),
        bench.asManager
      )
    }
    #expect(nothing?.code == .notFound)
  }

  @Test func `have a history, as the method of their kind gives it`() async throws {
    let bench = try ErrandBench()
    let (own, other, round) = try await made(bench)
    func history(_ id: String, _ call: Call) async throws -> [HistoryEntry] {
      try await bench.services.history(ListHistoryRequest(id: id), call).entries
    }
    let changes = try await history(own.idText, bench.asRep)
    let listed = try await bench.handlers.listErrandHistory(
      ListHistoryRequest(id: own.idText),
      bench.asRep
    )
    #expect(changes == listed.entries && changes.map(\.action) == ["create"])
    // A kind without a method of its own.
    #expect(try await history(round.idText, bench.asRep).map(\.action) == ["create"])
    for (id, call) in [
      (other.idText, bench.asRep), (own.idText, bench.asManagerElsewhere),
      (nowhere, bench.asManager), ("lead_01h455vb4pex5vsknk084sn02q", bench.asManager),
      ("nonsense", bench.asManager),
    ] {
      #expect(await refusal { _ = try await history(id, call) }?.code == .notFound, "\(id)")
    }
  }

  @Test func `are asked for by 200 ids at most`() async throws {
    let bench = try ErrandBench()
    let ids = Array(repeating: nowhere, count: 201)
    let refused = await refusal {
      _ = try await bench.services.resolve(ResolveRequest(ids: ids), bench.asManager)
    }
    #expect(refused?.violations.map(\.field) == ["ids"])
    let most = try await bench.services.resolve(
      ResolveRequest(ids: Array(ids.dropLast())),
      bench.asManager
    )
    #expect(most.records.count == 200)
  }
}

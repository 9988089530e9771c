import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import MeshRecords

@Suite @LoopActor struct `The history of a record` {
  private func history(
    _ bench: ErrandBench,
    _ errand: Errand,
    _ call: Call? = nil,
    size: Int32 = 0,
    token: String = ""
  ) async throws -> ListHistoryResponse {
    try await bench.handlers.listErrandHistory(
      ListHistoryRequest(id: errand.idText, pageSize: size, pageToken: token),
      call ?? bench.asManager
    )
  }

  @Test func `tells who changed which field from what to what, newest first`() async throws {
    let bench = try ErrandBench()
    var made = try await bench.create("Fetch") { errand in
      errand.ownerId = bench.rep
      errand.budget = Money(amountMinor: 1_234, currency: .usd)
      errand.labels = ["post", "a \"b\""]
    }
    bench.clock.advance(by: .seconds(60))
    made.title = "Bring"
    made.budget = nil
    made.dueTime = Timestamp(microseconds: 1_700_000_000_000_000)
    made.urgent = true
    let paths = ["title", "budget", "due_time", "urgent"]
    let changed = try await bench.update(made, paths, bench.asRep)
    let entries = try await history(bench, changed).entries
    #expect(entries.map(\.action) == ["update", "create"])
    #expect(entries.map(\.actor) == [bench.rep.description, bench.manager.description])
    #expect(entries[0].time == changed.updateTime && entries[1].time == changed.createTime)
    #expect(
      entries[0].changes == [
        FieldChange(field: "title", old: "Fetch", new: "Bring"),
        FieldChange(field: "due_time", old: "", new: "2023-11-14T22:13:20Z"),
        FieldChange(field: "budget", old: "12.34 USD", new: ""),
        FieldChange(field: "urgent", old: "false", new: "true"),
      ]
    )
    #expect(
      entries[1].changes == [
        FieldChange(field: "title", new: "Fetch"), FieldChange(field: "state", new: "open"),
        FieldChange(field: "owner_id", new: bench.rep.description),
        FieldChange(field: "budget", new: "12.34 USD"),
        FieldChange(field: "labels", new: #"["post","a \"b\""]"#),
      ]
    )
  }

  @Test func `has its deletion and return, and is read then by those who can bring it back`()
    async throws
  {
    let bench = try ErrandBench()
    let made = try await bench.create("Fetch") { $0.ownerId = bench.rep }
    _ = try await bench.handlers.deleteErrand(
      DeleteErrandRequest(id: made.idText),
      bench.asManager
    )
    #expect(try await history(bench, made).entries.map(\.action) == ["delete", "create"])
    let refused = await refusal { _ = try await history(bench, made, bench.asRep) }
    #expect(refused?.code == .notFound, "a rep cannot undelete")
    _ = try await bench.handlers.undeleteErrand(
      UndeleteErrandRequest(id: made.idText),
      bench.asManager
    )
    let entries = try await history(bench, made, bench.asRep).entries
    #expect(entries.map(\.action) == ["undelete", "delete", "create"])
    #expect(entries[0].changes.isEmpty && entries[1].changes.isEmpty)
    _ = try await bench.handlers.deleteErrand(
      DeleteErrandRequest(id: made.idText),
      bench.asManager
    )
    bench.clock.advance(by: .seconds(30 * 24 * 3600 + 1))
    #expect(await refusal { _ = try await history(bench, made) }?.code == .notFound)
  }

  @Test func `is for those who may read the record, in its own tenant`() async throws {
    let bench = try ErrandBench()
    let own = try await bench.create("own") { $0.ownerId = bench.rep }
    let theirs = try await bench.create("another's") { $0.ownerId = bench.other }
    #expect(try await history(bench, own, bench.asRep).entries.count == 1)
    let refused = await refusal { _ = try await history(bench, theirs, bench.asRep) }
    #expect(refused?.code == .notFound)
    let abroad = await refusal {
      _ = try await history(bench, own, bench.asManagerElsewhere)
    }
    #expect(abroad?.code == .notFound)
    for id in ["", "errand_", "round_01h455vb4pex5vsknk084sn02q"] {
      let missing = await refusal {
        _ = try await bench.handlers.listErrandHistory(ListHistoryRequest(id: id), bench.asManager)
      }
      #expect(missing?.code == .notFound)
    }
  }

  @Test func `shows fields that are visible alone`() throws {
    let before = Errand(title: "Fetch", notes: "for Ada", minutes: 3)
    let after = Errand(title: "Bring", notes: "for Bob", minutes: 4)
    let entry = ChangeEntry(
      hearing: MeshStore.Change(
        action: "update",
        object: "errand",
        id: "errand_1",
        before: before.wireBytes(),
        after: after.wireBytes()
      ),
      of: TenantID(high: 1, low: 1)
    )
    var visible = FieldSet.none
    visible.insert(try #require(Errand.schema["minutes"]))
    let shown = HistoryEntry(entry, of: Errand.self, Errand.schema, visible)
    #expect(shown.changes == [FieldChange(field: "minutes", old: "3", new: "4")])
  }

  @Test func `shows of a change that holds only what changed just that`() {
    let entry = ChangeEntry(
      hearing: MeshStore.Change(
        action: "update",
        object: "errand",
        id: "errand_1",
        before: Errand(notes: "for Ada", minutes: 3).wireBytes(),
        after: Errand(minutes: 4, state: "done").wireBytes(),
        isPartial: true
      ),
      of: TenantID(high: 1, low: 1)
    )
    let shown = HistoryEntry(entry, of: Errand.self, Errand.schema, .all)
    #expect(
      shown.changes == [
        FieldChange(field: "notes", old: "for Ada", new: ""),
        FieldChange(field: "minutes", old: "3", new: "4"),
        FieldChange(field: "state", old: "", new: "done"),
      ]
    )
  }

  @Test func `comes in pages that are bounded in entries and bytes`() async throws {
    let bench = try ErrandBench()
    var errand = try await bench.create("Errand")
    for number in 0..<5 {
      errand.minutes = Int32(number + 1)
      errand.etag = nil
      errand = try await bench.update(errand, ["minutes"])
    }
    var seen: [String] = []
    var token = ""
    repeat {
      let page = try await history(bench, errand, size: 2, token: token)
      #expect(page.entries.count <= 2)
      seen += page.entries.map { $0.changes.first { $0.field == "minutes" }?.new ?? $0.action }
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(seen == ["5", "4", "3", "2", "1", "create"])
    let all = try await history(bench, errand, size: 2).nextPageToken
    let another = try await bench.create("Another")
    let refused = await refusal { _ = try await history(bench, another, token: all) }
    #expect(refused?.reason == .invalidPageToken)
    let id = errand.idText
    let small = try await bench.opened.store.read(bench.tenant) { transaction in
      try transaction.history(
        "errand",
        id,
        PageRequest(size: 10, token: ""),
        upTo: 400
      )
    }
    #expect((1..<6).contains(small.elements.count) && !small.nextToken.isEmpty)
  }

  /// Lets a day pass in which nothing happened, and then compacts all that there is.
  private func compact(_ bench: ErrandBench) async throws {
    bench.clock.advance(by: .seconds(86_400))
    // The newest change always stays as it is.
    _ = try await bench.create("newest")
    try await bench.opened.store.settle()
    let retention = LogRetention(age: .seconds(86_400), size: .max)
    let histories = bench.records.map(\.keptHistory)
    let author = Author(actor: "system:test")
    while try await bench.opened.store.compactChanges(by: retention, histories, as: author) {}
  }

  /// How many changes of a record stand in the log, whole and in part.
  private func images(_ bench: ErrandBench, _ errand: Errand) async throws -> [Int] {
    let id = errand.idText
    let entries = try await bench.opened.store.read(bench.tenant) { transaction in
      try transaction.history("errand", id, PageRequest(size: 100, token: ""), upTo: 1 << 20)
    }.elements
    return [entries.count { !$0.isPartial }, entries.count { $0.isPartial }]
  }

  @Test func `is the same, field by field, when the log was compacted`() async throws {
    let bench = try ErrandBench(
      custom: [RecordField("custom.floor", .text, [], FieldRule(maxLength: 15))]
    )
    let made = try await bench.create("Fetch") { errand in
      errand.ownerId = bench.other
      errand.forEverybody = true
      errand.budget = Money(amountMinor: 1_234, currency: .usd)
      errand.labels = ["post", "a"]
      errand.minutes = 3
    }
    var errand = made
    for (index, open) in [true, false, false, true].enumerated() {
      bench.clock.advance(by: .seconds(60))
      errand.notes = "note \(index)"
      errand.budget = index == 2 ? nil : Money(amountMinor: Int64(index), currency: .usd)
      errand.labels.append("\(index)")
      errand.forEverybody = open
      errand.custom = WellKnown.Struct(fields: ["floor": WellKnown.Value(.string("\(index)"))])
      let paths = ["notes", "budget", "labels", "for_everybody", "custom.floor"]
      errand = try await bench.update(errand, paths)
    }
    _ = try await bench.handlers.deleteErrand(
      DeleteErrandRequest(id: errand.idText),
      bench.asManager
    )
    _ = try await bench.handlers.undeleteErrand(
      UndeleteErrandRequest(id: errand.idText),
      bench.asManager
    )
    // Whoever reads it only because it is open to everybody knows less.
    let callers = [bench.asManager, bench.asOther, bench.asRep]
    var before: [[HistoryEntry]] = []
    for call in callers { before.append(try await history(bench, errand, call).entries) }
    try #require(before.map(\.count) == [7, 7, 5])
    try #require(try await images(bench, errand) == [7, 0])
    try await compact(bench)
    #expect(try await images(bench, errand) == [0, 7])
    for (call, entries) in zip(callers, before) {
      #expect(try await history(bench, errand, call).entries == entries)
    }
  }

  @Test func `lets an operation on many records be undone when the log was compacted`()
    async throws
  {
    let bench = try ErrandBench()
    let errand = try await bench.create("Fetch") { $0.notes = "old" }
    let started = try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        ids: [errand.idText],
        errand: Errand(notes: "new", minutes: 5),
        updateMask: .init(paths: ["notes", "minutes"])
      ),
      bench.asManager
    )
    let ended = try await bench.finish(started)
    try await compact(bench)
    try #require(try await images(bench, errand)[0] == 0)
    let undoing = try await bench.services.undoOperation(
      UndoOperationRequest(id: ended.id),
      bench.asManager
    )
    let undone = try await bench.finish(undoing)
    #expect(undone.undone == 1 && undone.undoFailed == 0)
    let present = try await bench.get(errand)
    #expect(present.notes == "old" && present.minutes == nil)
  }
}

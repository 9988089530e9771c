import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshTesting
import RecordsAPI
import Synchronization
import Testing

/// The roles that each member has now, whatever their token says.
private final class PresentRoles: StandingDirectory {
  private let current = Mutex(["manager"])

  var roles: [String] {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }

  func roles(of claims: TokenClaims) -> [String] { claims.roles }

  func roles(of member: MemberID, in tenant: TenantID) -> [String]? {
    current.withLock { $0 }
  }
}

@Suite @LoopActor struct `An operation on many records` {
  private func update(
    _ bench: ErrandBench,
    _ ids: [String] = [],
    filter: String = "",
    mask: [String] = ["state"],
    key: String = "",
    _ call: Call? = nil,
    _ errand: Errand = Errand(state: "done")
  ) async throws -> RecordsAPI.Operation {
    try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        ids: ids,
        filter: filter,
        errand: errand,
        updateMask: .init(paths: mask),
        requestId: key
      ),
      call ?? bench.asManager
    )
  }

  private func delete(
    _ bench: ErrandBench,
    _ ids: [String]
  ) async throws -> RecordsAPI.Operation {
    try await bench.handlers.batchDeleteErrands(BatchDeleteRequest(ids: ids), bench.asManager)
  }

  private let nowhere = "errand_01h455vb4pex5vsknk084sn02q"

  @Test func `changes the fields of its mask in each, with one change in the log`() async throws {
    let bench = try ErrandBench()
    var ids: [String] = []
    for number in 0..<3 {
      ids.append(try await bench.create("e\(number)") { $0.minutes = 7 }.idText)
    }
    let left = try await bench.create("left alone")
    let started = try await update(bench, ids + [ids[0]])
    #expect(started.id.hasPrefix("errands_operation_"))
    #expect(started.state == .running && started.total == 3 && started.done == 0)
    let ended = try await bench.finish(started)
    #expect(ended.state == .done && ended.done == 3 && ended.failed == 0)
    #expect(ended.object == "errand" && ended.action == "update" && ended.endTime != nil)
    #expect(try await bench.results(of: ended).map(\.id) == ids)
    #expect(try await bench.results(of: ended).allSatisfy { $0.outcome == .done && $0.error == "" })
    #expect(
      try await bench.changes("update") == Dictionary(uniqueKeysWithValues: ids.map { ($0, 1) })
    )
    #expect(try await bench.titles(filter: "state == 'done'").sorted() == ["e0", "e1", "e2"])
    #expect(try await bench.titles(filter: "minutes == 7").count == 3)
    let entry = try await bench.handlers.listErrandHistory(
      ListHistoryRequest(id: ids[0]),
      bench.asManager
    ).entries[0]
    #expect(entry.actor == bench.manager.description)
    #expect(entry.changes == [FieldChange(field: "state", old: "open", new: "done")])
    #expect(try await bench.get(left).state == "open")
  }

  @Test func `finds by a filter only what the caller may change`() async throws {
    let bench = try ErrandBench()
    _ = try await bench.create("own") { $0.ownerId = bench.rep }
    _ = try await bench.create("theirs") { $0.ownerId = bench.other }
    let started = try await update(bench, filter: "state == 'open'", bench.asRep)
    #expect(started.total == 1)
  }

  @Test func `is one of five that a member may have at work`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("e") { $0.ownerId = bench.rep }
    for _ in 0..<5 { _ = try await update(bench, [errand.idText], bench.asRep) }
    let refused = await refusal { _ = try await update(bench, [errand.idText], bench.asRep) }
    #expect(refused?.code == .resourceExhausted)
    #expect(try await update(bench, [errand.idText]).total == 1)
  }

  @Test func `is not undone by a caller who may no longer change such records`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("e")
    let ended = try await bench.finish(try await update(bench, [errand.idText]))
    let demoted = TestCaller.member(bench.manager, "read_only", in: bench.tenant)
    let refused = await refusal {
      _ = try await bench.services.undoOperation(UndoOperationRequest(id: ended.id), demoted)
    }
    #expect(refused?.code == .permissionDenied)
    let undone = try await bench.services.undoOperation(
      UndoOperationRequest(id: ended.id),
      bench.asManager
    )
    #expect(undone.state == .undoing)
  }

  @Test func `refuses a record by itself and goes on with the others`() async throws {
    let bench = try ErrandBench()
    let own = try await bench.create("own") { $0.ownerId = bench.rep }
    let theirs = try await bench.create("theirs") { $0.ownerId = bench.other }
    let last = try await bench.create("last") { $0.ownerId = bench.rep }
    let ids = [nowhere, theirs.idText, own.idText, last.idText]
    var draft = Errand(state: "done")
    draft.urgent = true
    let started = try await update(bench, ids, mask: ["urgent"], bench.asRep, draft)
    var urgent = own
    urgent.dueTime = bench.clock.now
    _ = try await bench.update(urgent, ["due_time"])
    let ended = try await bench.finish(started, bench.asRep)
    #expect(ended.done == 1 && ended.failed == 3)
    let results = try await bench.results(of: ended, bench.asRep)
    #expect(results.map(\.outcome) == [.failed, .failed, .done, .failed])
    #expect(results.map(\.reason) == ["NOT_FOUND", "NOT_FOUND", "", "INVALID_FIELD"])
    #expect(results[3].error == "due_time must be set for an urgent errand")
    #expect(try await bench.get(theirs).urgent == false)
    let failed = try await bench.services.listOperationResults(
      ListOperationResultsRequest(id: ended.id, pageSize: 2, outcome: .failed),
      bench.asRep
    )
    #expect(failed.results.map(\.id) == Array(ids[..<2]) && !failed.nextPageToken.isEmpty)
    let rest = try await bench.services.listOperationResults(
      ListOperationResultsRequest(
        id: ended.id,
        pageSize: 2,
        pageToken: failed.nextPageToken,
        outcome: .failed
      ),
      bench.asRep
    )
    #expect(rest.results.map(\.id) == [ids[3]] && rest.nextPageToken.isEmpty)
  }

  @Test func `judges permission when a record's turn comes, not when it was started`() async throws
  {
    let bench = try ErrandBench()
    var errand = try await bench.create("own") { $0.ownerId = bench.rep }
    let started = try await update(bench, [errand.idText], bench.asRep)
    errand.ownerId = bench.other
    _ = try await bench.update(errand, ["owner_id"])
    let ended = try await bench.finish(started, bench.asRep)
    #expect(ended.failed == 1)
    #expect(try await bench.get(errand).state == "open")
  }

  @Test(arguments: [[], ["read_only"]])
  func `ends what its member may no longer do`(roles: [String]) async throws {
    let present = PresentRoles()
    let bench = try ErrandBench(standings: present)
    let ids = [try await bench.create("one").idText, try await bench.create("two").idText]
    let started = try await update(bench, ids)
    present.roles = roles
    let ended = try await bench.finish(started, bench.asOperator)
    #expect(ended.state == .done && ended.done == 0 && ended.failed == 2)
    #expect(try await bench.titles(filter: "state == 'done'") == [])
  }

  @Test func `is about the records that a filter finds when it is started`() async throws {
    let bench = try ErrandBench()
    let first = try await bench.create("first") { $0.ownerId = bench.rep }
    _ = try await bench.create("another's") { $0.ownerId = bench.other }
    let started = try await update(bench, filter: "state == 'open'", bench.asRep)
    _ = try await bench.create("later") { $0.ownerId = bench.rep }
    let ended = try await bench.finish(started, bench.asRep)
    #expect(ended.total == 1 && ended.done == 1)
    #expect(try await bench.results(of: ended, bench.asRep).map(\.id) == [first.idText])
    #expect(try await bench.titles(filter: "state == 'open'").sorted() == ["another's", "later"])
    let none = try await update(bench, filter: "title == 'nothing'")
    #expect(none.state == .done && none.total == 0 && none.endTime != nil)
  }

  @Test func `is started once for each idempotency key`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("one")
    let started = try await update(bench, [errand.idText], key: "k")
    _ = try await bench.finish(started)
    let again = try await update(bench, [errand.idText], key: "k")
    #expect(again.id == started.id && again.state == .done && again.done == 1)
    let refused = await refusal { _ = try await update(bench, [nowhere], key: "k") }
    #expect(refused?.reason == .idempotencyConflict)
  }

  @Test func `is refused at once for what is wrong with every record`() async throws {
    let bench = try ErrandBench()
    let id = try await bench.create("one").idText
    func field(_ body: @escaping @LoopActor () async throws -> Void) async -> String? {
      await refusal(body)?.violations.first?.field
    }
    #expect(await field { _ = try await update(bench) } == "ids")
    #expect(await field { _ = try await update(bench, [id], filter: "true") } == "ids")
    #expect(await field { _ = try await update(bench, ["lead_1"]) } == "ids")
    let many = Array(repeating: id, count: 1_001)
    #expect(await field { _ = try await update(bench, many) } == "ids")
    #expect(await field { _ = try await update(bench, filter: "colour == 1") } == "filter")
    #expect(await field { _ = try await update(bench, [id], mask: []) } == "update_mask")
    #expect(await field { _ = try await update(bench, [id], mask: ["etag"]) } == "update_mask")
    let wrong = Errand(state: "lost")
    #expect(await field { _ = try await update(bench, [id], bench.asManager, wrong) } == "state")
    #expect(try await bench.changes("update").isEmpty)
  }

  @Test func `exists for the member who started it and for the operator`() async throws {
    let bench = try ErrandBench()
    let id = try await bench.create("one").idText
    let started = try await update(bench, [id])
    for call in [bench.asRep, bench.asManagerElsewhere] {
      let refused = await refusal {
        _ = try await bench.services.getOperation(GetOperationRequest(id: started.id), call)
      }
      #expect(refused?.code == .notFound)
      let undo = await refusal {
        _ = try await bench.services.undoOperation(UndoOperationRequest(id: started.id), call)
      }
      #expect(undo?.code == .notFound)
      let results = await refusal { _ = try await bench.results(of: started, call) }
      #expect(results?.code == .notFound)
    }
    let seen = try await bench.services.getOperation(
      GetOperationRequest(id: started.id),
      bench.asOperator
    )
    #expect(seen.id == started.id)
    bench.clock.advance(by: .seconds(30 * 24 * 3600 + 1))
    let late = await refusal {
      _ = try await bench.services.getOperation(
        GetOperationRequest(id: started.id),
        bench.asManager
      )
    }
    #expect(late?.code == .notFound, "it is kept for 30 days")
  }

  @Test func `waits while 20 of its tenant are at work`() async throws {
    let bench = try ErrandBench()
    let id = try await bench.create("one").idText
    let last = try await update(bench, [id])
    for number in 1..<20 {
      let colleague = MemberID(high: 9, low: UInt64(number / 4))
      _ = try await update(bench, [id], TestCaller.member(colleague, "manager", in: bench.tenant))
    }
    let refused = await refusal { _ = try await update(bench, [id]) }
    #expect(refused?.code == .resourceExhausted)
    _ = try await bench.finish(last)
    _ = try await update(bench, [id])
  }

  @Test func `that deletes can be undone`() async throws {
    let bench = try ErrandBench()
    var ids: [String] = []
    for number in 0..<3 { ids.append(try await bench.create("e\(number)").idText) }
    let ended = try await bench.finish(try await delete(bench, ids))
    #expect(ended.done == 3 && ended.action == "delete")
    #expect(try await bench.titles() == [])
    // One comes back by hand and goes again: that deletion is not this operation's.
    _ = try await bench.handlers.undeleteErrand(
      UndeleteErrandRequest(id: ids[1]),
      bench.asManager
    )
    _ = try await bench.handlers.deleteErrand(DeleteErrandRequest(id: ids[1]), bench.asManager)
    let undone = try await undo(ended, bench)
    #expect(undone.state == .undone && undone.undone == 2 && undone.undoFailed == 1)
    let outcomes = try await bench.results(of: undone).map(\.outcome)
    #expect(outcomes == [.undone, .changedSince, .undone])
    let kept = try await bench.results(of: undone)[1]
    #expect(kept.reason == "STALE_ETAG" && kept.error.contains("restored"))
    #expect(try await bench.titles().sorted() == ["e0", "e2"])
  }

  private func undo(
    _ operation: RecordsAPI.Operation,
    _ bench: ErrandBench
  ) async throws -> RecordsAPI.Operation {
    let undoing = try await bench.services.undoOperation(
      UndoOperationRequest(id: operation.id),
      bench.asManager
    )
    return try await bench.finish(undoing)
  }

  @Test func `is undone as far as nobody has changed the records since`() async throws {
    let bench = try ErrandBench()
    var errands: [Errand] = []
    for number in 0..<5 {
      errands.append(
        try await bench.create("e\(number)") { errand in
          (errand.minutes, errand.state) = (Int32(number + 1), number == 4 ? "done" : "open")
          errand.notes = "before"
        }
      )
    }
    let draft = Errand(notes: "during", minutes: 50, state: "done")
    let started = try await update(
      bench,
      errands.map(\.idText),
      mask: ["state", "minutes", "notes"],
      bench.asManager,
      draft
    )
    let early = await refusal { _ = try await undo(started, bench) }
    #expect(early?.code == .failedPrecondition, "it is still at work")
    let ended = try await bench.finish(started)
    for (index, paths) in [(1, ["title"]), (2, ["notes"]), (3, ["notes", "minutes", "state"])] {
      var edit = Errand(title: "edited", notes: "since", minutes: 60, state: "open")
      edit.id = errands[index].id
      _ = try await bench.update(edit, paths)
    }
    let undone = try await undo(ended, bench)
    #expect(undone.undone == 3 && undone.undoFailed == 2 && undone.done == 5)
    let outcomes = try await bench.results(of: undone).map(\.outcome)
    #expect(outcomes == [.undone, .undone, .changedSince, .changedSince, .undone])
    let reasons = try await bench.results(of: undone).map(\.reason)
    #expect(reasons == ["", "", "STALE_ETAG", "STALE_ETAG", ""])
    func present(_ index: Int) async throws -> [String] {
      let errand = try await bench.get(errands[index])
      return [errand.title, errand.notes, errand.state, "\(errand.minutes ?? 0)"]
    }
    #expect(try await present(0) == ["e0", "before", "open", "1"])
    #expect(try await present(1) == ["edited", "before", "open", "2"], "the title is not its own")
    #expect(try await present(2) == ["e2", "since", "open", "3"], "the notes are another's")
    #expect(try await present(3) == ["e3", "since", "open", "60"])
    #expect(try await present(4) == ["e4", "before", "done", "5"], "it was done before")
    let again = try await undo(undone, bench)
    #expect(again.undone == 3 && again.endTime == undone.endTime)
  }

  @Test func `says what it could not put back`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("one")
    let ended = try await bench.finish(try await update(bench, [errand.idText]))
    _ = try await bench.handlers.deleteErrand(
      DeleteErrandRequest(id: errand.idText),
      bench.asManager
    )
    let undone = try await undo(ended, bench)
    #expect(undone.undone == 0 && undone.undoFailed == 1)
    let result = try await bench.results(of: undone)[0]
    #expect(result.outcome == .undoFailed && result.reason == "NOT_FOUND")
  }
}

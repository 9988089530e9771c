import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTestScale
import MeshTesting
import Testing
import TypeAPI

@testable import ErrandsService
@testable import MeshRecords

@Suite @LoopActor struct `A record` {
  private func full(_ bench: ErrandBench, _ round: Round) -> Errand {
    var errand = Errand(title: "Fetch the post")
    errand.notes = "Behind\nthe counter"
    errand.minutes = 35
    errand.state = "done"
    errand.ownerId = bench.rep
    errand.teamId = bench.team
    errand.assigneeIds = [bench.other, bench.manager]
    errand.roundId = round.id
    errand.dueTime = Timestamp(microseconds: 1_700_000_000_000_001)
    errand.budget = Money(amountMinor: 1_234, currency: .usd)
    errand.urgent = true
    errand.reference = "P-7"
    errand.day = CalendarDate("2026-03-04")
    errand.labels = ["post", "daily"]
    errand.place = Place(street: "Rue de Rivoli 1", city: "Paris", floor: 2)
    errand.forEverybody = true
    errand.related = [RecordRef(DealID(high: 5, low: 6)), RecordRef(bench.other)]
    errand.source = RecordRef(LeadID(high: 7, low: 8))
    return errand
  }

  @Test func `keeps every field as it was given`() async throws {
    let bench = try ErrandBench()
    let round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning")),
      bench.asManager
    )
    let given = full(bench, round)
    let made = try await bench.handlers.createErrand(
      CreateErrandRequest(errand: given),
      bench.asManager
    )
    let read = try await bench.get(made)
    #expect(read == made)
    let inputs = Errand.schema.inputs
    #expect(read.changes(from: given).intersection(inputs).isEmpty)
    // A custom field is the only one that the sample leaves out.
    let unset = inputs.subtracting(given.filledFields).indices.map { Errand.schema.fields[$0].name }
    #expect(unset == ["custom"])
    #expect(read.etag == Etag(version: 1))
    #expect(read.createdBy == bench.manager.description && read.createTime == read.updateTime)
    #expect(try Errand(wire: read.wireBytes()) == read)
  }

  @Test func `is read to the wire as it would be encoded, whatever of it may be seen`() async throws
  {
    let bench = try ErrandBench()
    let round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning")),
      bench.asManager
    )
    let bare = try await bench.create("Fetch")
    let whole = try await bench.handlers.createErrand(
      CreateErrandRequest(errand: full(bench, round)),
      bench.asManager
    )
    var chance = SeededRandom(seed: TestScale.seed)
    var masks: [FieldSet] = [.all, .none]
    for _ in 0..<TestScale.count(100, long: 5_000) {
      let bits = FieldBits(Errand.schema.fields.indices.filter { _ in .random(using: &chance) })
      masks.append(FieldSet(bits, custom: .random(using: &chance) ? .all : .only([])))
    }
    for (errand, mask) in masks.flatMap({ [(bare, $0), (whole, $0)] }) {
      let id = try #require(errand.recordID)
      let wire = try await bench.opened.store.read(bench.tenant) { transaction in
        try transaction.first("SELECT \(Errand.columns) FROM errands WHERE id = \(id.bytes)") {
          row in
          var writer = WireWriter()
          Errand.write(showing: mask, of: row, at: row.place, to: &writer)
          return writer.finish()
        }
      }
      #expect(wire == errand.showing(mask).wireBytes())
    }
  }

  @Test func `changes the fields of the mask alone and is one version on`() async throws {
    let bench = try ErrandBench()
    let made = try await bench.create("Fetch") { $0.minutes = 5 }
    bench.clock.advance(by: .seconds(60))
    var draft = made
    draft.title = "Bring"
    draft.minutes = nil
    let changed = try await bench.update(draft, ["title"])
    #expect(changed.title == "Bring" && changed.minutes == 5)
    #expect(changed.etag == Etag(version: 2))
    #expect(changed.updateTime == made.updateTime.map { $0 + .seconds(60) })
    draft.etag = nil
    let cleared = try await bench.update(draft, ["minutes"])
    #expect(cleared.minutes == nil)
    #expect(try await bench.get(made) == cleared)
    draft.etag = made.etag
    #expect(await refusal { _ = try await bench.update(draft, ["title"]) }?.code == .aborted)
  }

  @Test func `stays as it is when an update changes nothing`() async throws {
    let bench = try ErrandBench()
    let made = try await bench.create("Fetch")
    #expect(try await bench.update(made, ["*"]) == made)
    let changes = try await bench.opened.store.changes(after: 0, max: 10).entries
    #expect(changes.map(\.action) == ["create"])
  }

  @Test func `tells everything that is wrong at once, by the field's path`() async throws {
    let bench = try ErrandBench()
    let refused = await refusal {
      _ = try await bench.create(String(repeating: "x", count: 41)) { errand in
        errand.minutes = 0
        errand.state = "lost"
        errand.urgent = true
        errand.budget = Money(amountMinor: -1, currency: .usd)
      }
    }
    #expect(refused?.code == .invalidArgument)
    #expect(
      refused?.violations.map { "\($0.field) \($0.description)" } == [
        "title must have 1 to 40 characters", "minutes must be at least 1",
        "state must be one of open, done", "budget must be at least 0",
        "due_time must be set for an urgent errand",
      ]
    )
  }

  @Test func `refuses a mask with paths that cannot be set, naming each`() async throws {
    let bench = try ErrandBench()
    let made = try await bench.create("Fetch")
    let refused = await refusal {
      _ = try await bench.update(made, ["title", "colour", "create_time"])
    }
    #expect(refused?.reason == .unknownField)
    #expect(refused?.violations.map(\.field) == ["update_mask", "update_mask"])
    #expect(await refusal { _ = try await bench.update(made, []) }?.reason == .invalidField)
  }

  @Test func `keeps what is set once`() async throws {
    let bench = try ErrandBench()
    var made = try await bench.create("Fetch") { $0.reference = "A" }
    made.reference = "B"
    let refused = await refusal { _ = try await bench.update(made, ["reference"]) }
    #expect(refused?.violations.map(\.field) == ["reference"])
  }

  @Test func `does not exist under an id that is none`() async throws {
    let bench = try ErrandBench()
    for id in ["", "errand_", "nonsense", "round_01h455vb4pex5vsknk084sn02q"] {
      let refused = await refusal {
        _ = try await bench.handlers.getErrand(GetErrandRequest(id: id), bench.asManager).message()
      }
      #expect(refused?.code == .notFound)
    }
  }

  @Test func `is made once for each idempotency key`() async throws {
    let bench = try ErrandBench()
    let request = CreateErrandRequest(errand: Errand(title: "Fetch"), requestId: "k")
    let first = try await bench.handlers.createErrand(request, bench.asManager)
    #expect(try await bench.handlers.createErrand(request, bench.asManager) == first)
    var another = request
    another.errand?.title = "Bring"
    let refused = await refusal {
      _ = try await bench.handlers.createErrand(another, bench.asManager)
    }
    #expect(refused?.reason == .idempotencyConflict)
    #expect(try await bench.titles() == ["Fetch"])
  }

  @Test func `comes back after deletion under its id, with its words and participants`()
    async throws
  {
    let bench = try ErrandBench()
    let made = try await bench.create("Fetch the post") { $0.assigneeIds = [bench.other] }
    let delete = DeleteErrandRequest(id: made.idText, etag: "1")
    _ = try await bench.handlers.deleteErrand(delete, bench.asManager)
    #expect(await refusal { _ = try await bench.get(made) }?.code == .notFound)
    #expect(try await bench.titles(query: "post") == [])
    let undelete = UndeleteErrandRequest(id: made.idText)
    let back = try await bench.handlers.undeleteErrand(undelete, bench.asManager)
    #expect(back.id == made.id && back.title == made.title && back.etag == Etag(version: 2))
    #expect(try await bench.titles(query: "post") == ["Fetch the post"])
    #expect(try await bench.titles(bench.asOther) == ["Fetch the post"])
    let again = await refusal {
      _ = try await bench.handlers.undeleteErrand(undelete, bench.asManager)
    }
    #expect(again?.code == .alreadyExists, "it is not deleted")
    let changes = try await bench.opened.store.changes(after: 0, max: 10).entries
    #expect(changes.map(\.action) == ["create", "delete", "undelete"])
  }

  @Test func `cannot come back after 30 days`() async throws {
    let bench = try ErrandBench()
    let made = try await bench.create("Fetch")
    _ = try await bench.handlers.deleteErrand(
      DeleteErrandRequest(id: made.idText),
      bench.asManager
    )
    bench.clock.advance(by: .seconds(30 * 24 * 3600 + 1))
    let refused = await refusal {
      _ = try await bench.handlers.undeleteErrand(
        UndeleteErrandRequest(id: made.idText),
        bench.asManager
      )
    }
    #expect(refused?.code == .notFound)
  }
}

@Suite @LoopActor struct `A request for a record` {
  @Test func `is refused when its mask names too much, or parts of what has none`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("e")
    let many = await refusal {
      _ = try await bench.update(errand, Array(repeating: "title", count: 1_001))
    }
    #expect(many?.violations.map(\.field) == ["update_mask"])
    let part = await refusal { _ = try await bench.update(errand, ["title.part"]) }
    #expect(part?.reason == .unknownField)
  }

  @Test func `is refused when it orders by more than eight fields`() async throws {
    let bench = try ErrandBench()
    let order = Array(repeating: "title", count: 9).joined(separator: ",")
    let refused = await refusal { _ = try await bench.titles(order: order) }
    #expect(refused?.reason == .invalidOrder)
  }

  @Test func `keeps a text in one form of Unicode, whichever it came in`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("cafe\u{301}") { $0.labels = ["e\u{301}"] }
    #expect(Array(errand.title.utf8) == Array("caf\u{e9}".utf8))
    #expect(errand.labels.map { Array($0.utf8) } == [Array("\u{e9}".utf8)])
    var changed = errand
    changed.title = "cafe\u{301}"
    let after = try await bench.update(changed, ["title"])
    #expect(after.etag == errand.etag)
    let nothing = await refusal { _ = try await bench.create("\u{200B}\u{2060}") }
    #expect(nothing?.violations.map(\.field) == ["title"])
  }

  @Test func `for a verb of its own is judged by its etag and permission`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("e") { $0.ownerId = bench.other }
    func verb(_ etag: Etag?, _ permission: RecordAction, _ call: Call) async -> MeshError? {
      await refusal {
        _ = try await bench.handlers.errands.change(
          errand.idText,
          action: "stamp",
          GetErrandRequest(id: errand.idText),
          etag: etag,
          permission: permission,
          call
        ) { errand in
          var errand = errand
          errand.minutes = 5
          return errand
        }
      }
    }
    #expect(await verb(Etag(version: 9), .edit, bench.asManager)?.code == .aborted)
    #expect(await verb(nil, .edit, bench.asRep)?.code == .notFound)
    #expect(await verb(errand.etag, .read, bench.asManager) == nil)
  }
}

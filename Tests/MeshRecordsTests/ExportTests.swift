import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import MeshRecords

@Suite @LoopActor struct `An export` {
  private func export(
    _ bench: ErrandBench,
    filter: String = "",
    fields: String = "",
    _ call: Call? = nil
  ) async throws -> String {
    try await pages(bench, filter: filter, fields: fields, call).joined()
  }

  private func pages(
    _ bench: ErrandBench,
    filter: String = "",
    fields: String = "",
    _ call: Call? = nil
  ) async throws -> [String] {
    var request = ExportRequest(filter: filter, fields: fields)
    var pages: [String] = []
    repeat {
      let answer = try await bench.handlers.exportErrands(request, call ?? bench.asManager)
      pages.append(String(decoding: answer.content, as: UTF8.self))
      request.cursor = answer.nextCursor
    } while !request.cursor.isEmpty
    return pages
  }

  @Test func `is a row a record, with the fields that were asked for`() async throws {
    let bench = try ErrandBench()
    let first = try await bench.create("Fetch, \"quick\"") { errand in
      errand.notes = "two\nlines"
      errand.minutes = 5
      errand.budget = Money(amountMinor: 1_234, currency: .usd)
      errand.ownerId = bench.rep
      errand.day = CalendarDate("2026-03-04")
      errand.labels = ["a", "b"]
    }
    bench.clock.advance(by: .seconds(1))
    let second = try await bench.create("=1+1") { $0.notes = "+49 30 1234" }
    let fields = "id, title,notes,minutes,budget,owner_id,day,labels,urgent,create_time"
    let file = try await export(bench, fields: fields)
    #expect(
      file == "id,title,notes,minutes,budget,owner_id,day,labels,urgent,create_time\r\n"
        + "\(first.idText),\"Fetch, \"\"quick\"\"\",\"two\nlines\",5,12.34 USD,\(bench.rep),"
        + "2026-03-04,\"[\"\"a\"\",\"\"b\"\"]\",false,2026-01-01T00:00:00Z\r\n"
        + "\(second.idText),'=1+1,'+49 30 1234,,,,,,false,2026-01-01T00:00:01Z\r\n"
    )
    let found = try await export(bench, filter: "minutes == 5", fields: "title")
    #expect(found == "title\r\n\"Fetch, \"\"quick\"\"\"\r\n")
  }

  @Test func `has all fields that the caller sees unless some are named`() throws {
    let headings = try ExportColumns(Errand.schema, "", visible: .all).headings
    #expect(headings.first == "id" && headings.contains("title") && headings.contains("labels"))
    #expect(!headings.contains("custom"))
    let custom = Errand.schema.adding([RecordField("custom.mood", .text)])
    #expect(try ExportColumns(custom, "", visible: .all).headings.last == "custom.mood")
    var visible = FieldSet.all
    visible.bits.remove(try #require(Errand.schema["notes"]).index)
    #expect(try !ExportColumns(Errand.schema, "", visible: visible).headings.contains("notes"))
    for list in ["notes", "nots", "title,,state", "custom"] {
      #expect(throws: MeshError.self) {
        _ = try ExportColumns(Errand.schema, list, visible: visible)
      }
    }
  }

  @Test func `has the records in the caller's scope alone`() async throws {
    let bench = try ErrandBench()
    for number in 0..<3 {
      _ = try await bench.create("own \(number)") { $0.ownerId = bench.rep }
      _ = try await bench.create("not \(number)") { $0.ownerId = bench.other }
    }
    // The rep's role lacks the permission; the gate refuses the method, and the scope has nothing.
    #expect(try await export(bench, fields: "title", bench.asRep) == "title\r\n")
    #expect(try await export(bench, fields: "title", bench.asManagerElsewhere) == "title\r\n")
    let titles = try await export(bench, filter: "title.startsWith('own')", fields: "title")
    #expect(titles == "title\r\nown 0\r\nown 1\r\nown 2\r\n")
  }

  @Test func `has only those that are named and in the caller's scope, whatever their number`()
    async throws
  {
    let bench = try ErrandBench()
    var ids: [String] = []
    for number in 0..<5 { ids.append(try await bench.create("errand \(number)").idText) }
    let unknown = bench.rep.description.replacing("member", with: "errand")
    let chosen = [ids[3], ids[1], ids[3], unknown]
    let request = ExportRequest(fields: "title", ids: chosen)
    func file(_ request: ExportRequest, _ call: Call) async throws -> String {
      let answer = try await bench.handlers.exportErrands(request, call)
      return String(decoding: answer.content, as: UTF8.self)
    }
    #expect(try await file(request, bench.asManager) == "title\r\nerrand 1\r\nerrand 3\r\n")
    #expect(try await file(request, bench.asManagerElsewhere) == "title\r\n")
    var filtered = request
    filtered.filter = "title == 'errand 3'"
    #expect(try await file(filtered, bench.asManager) == "title\r\nerrand 3\r\n")
    var last = request
    last.ids = Array(repeating: ids[0], count: 1_000)
    #expect(try await file(last, bench.asManager) == "title\r\nerrand 0\r\n")
    for (ids, rule) in [
      (last.ids + [ids[0]], "must have at most 1000 entries"),
      (["lead_1"], "must begin with errand_, not be “lead_1”"),
    ] {
      let refused = await refusal {
        _ = try await bench.handlers.exportErrands(ExportRequest(ids: ids), bench.asManager)
      }
      #expect(refused?.violations == [FieldViolation(field: "ids", description: rule)])
    }
  }

  @Test func `of 10,000 records comes in pages of at most 1 MiB, each record once`() async throws {
    let bench = try ErrandBench()
    let (tenant, store) = (bench.tenant, bench.opened.store)
    let notes = String(repeating: "n", count: 300)
    for batch in 0..<20 {
      try await store.write(tenant, as: Author(actor: "system:test")) { transaction in
        for number in 0..<500 {
          let draft = Errand(title: "errand \(batch * 500 + number)", notes: notes)
          _ = try transaction.create(draft, by: NoRules<Errand>())
        }
      }
    }
    let before = store.metrics.backgroundReads
    let pages = try await pages(bench, fields: "title,notes")
    #expect(pages.count > 2)
    #expect(store.metrics.backgroundReads == before + pages.count, "others are read first")
    #expect(pages.allSatisfy { $0.utf8.count <= Records<Errand>.exportBytes })
    let rows = pages.joined().split(separator: "\r\n")
    #expect(rows.count == 10_001 && rows[0] == "title,notes")
    let titles = rows.dropFirst().map { $0.prefix { $0 != "," } }
    #expect(titles.elementsEqual((0..<10_000).map { Substring("errand \($0)") }))
  }

  @Test func `refuses a cursor that is none, and a filter that is none`() async throws {
    let bench = try ErrandBench()
    let refused = await refusal {
      _ = try await bench.handlers.exportErrands(ExportRequest(cursor: "x"), bench.asManager)
    }
    #expect(refused?.violations.map(\.field) == ["cursor"])
    let filter = await refusal { _ = try await export(bench, filter: "colour == 1") }
    #expect(filter?.reason == .invalidFilter)
  }
}

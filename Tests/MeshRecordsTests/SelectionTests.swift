import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshTestScale
import MeshTesting
import RecordsAPI
import Testing

@testable import MeshRecords

@Suite @LoopActor struct `A list of some fields` {
  private let custom = [
    RecordField("custom.mood", .text, [], FieldRule(choices: ["calm", "hectic"])),
    RecordField("custom.stops", .decimal, [.sortable]),
  ]

  /// Two errands: one with a value in many fields, then one with few.
  private func fill(_ bench: ErrandBench) async throws -> [Errand] {
    let values: [String: WellKnown.Value.Kind] = ["mood": .string("calm"), "stops": .number(2)]
    let full = try await bench.create("Fetch") { errand in
      errand.minutes = 5
      errand.notes = "by the door"
      errand.urgent = true
      errand.dueTime = bench.clock.now
      errand.ownerId = bench.rep
      errand.custom = WellKnown.Struct(fields: values.mapValues { WellKnown.Value($0) })
    }
    return [full, try await bench.create("Bare")]
  }

  private func list(_ bench: ErrandBench, _ fields: [String]) async throws -> [Errand] {
    try await bench.handlers.listErrands(
      ListErrandsRequest(orderBy: "create_time", fields: .init(paths: fields)),
      bench.asManager
    ).message().errands
  }

  private func whole(_ bench: ErrandBench, _ errands: [Errand]) async throws -> [Errand] {
    var whole: [Errand] = []
    for errand in errands { whole.append(try await bench.get(errand)) }
    return whole
  }

  @Test func `has these and the identity, and no others`() async throws {
    let bench = try ErrandBench(custom: custom)
    let errands = try await whole(bench, fill(bench))
    let names = Errand.schema.names(.all)
    var chance = SeededRandom(seed: TestScale.seed)
    for _ in 0..<TestScale.count(40, long: 2_000) {
      let some = names.filter { _ in .random(using: &chance) } + ["title"]
      let fields = some.filter { $0 != "title" } + ["title"]
      let asked = FieldSet(FieldBits(fields.compactMap { Errand.schema[$0]?.index }))
      let expected = errands.map { $0.showing(asked) }
      #expect(try await list(bench, fields) == expected, "\(fields)")
    }
  }

  @Test func `has the fields that a tenant added which it names`() async throws {
    let bench = try ErrandBench(custom: custom)
    let errands = try await fill(bench)
    let found = try await list(bench, ["custom.mood", "minutes"])
    #expect(Set(found.map(\.custom?.fields.keys.first)) == [nil, "mood"])
    #expect(Set(found.map(\.id)) == Set(errands.map(\.id)))
    #expect(found.allSatisfy { $0.title.isEmpty && $0.etag != nil })
    #expect(try await list(bench, ["title"]).allSatisfy { $0.custom == nil })
  }

  @Test(arguments: [[], ["*"], [""]])
  func `is of all fields when it names none or all`(fields: [String]) async throws {
    let bench = try ErrandBench(custom: custom)
    let errands = try await whole(bench, fill(bench))
    #expect(try await list(bench, fields) == errands)
  }

  @Test(arguments: [
    ["nothing"], ["title", "custom.colour"], ["custom"], ["title", "title"], ["title", "*"],
  ])
  func `is refused for a name that is no field`(fields: [String]) async throws {
    let bench = try ErrandBench(custom: custom)
    let error = await #expect(throws: MeshError.self) { try await list(bench, fields) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.violations.first?.field == "fields")
  }

  @Test func `takes a field that the caller does not see for none`() throws {
    var visible = FieldSet.all
    visible.bits.remove(try #require(Errand.schema["notes"]).index)
    let error = #expect(throws: MeshError.self) {
      try Errand.schema.selection(of: ["notes"], visible: visible)
    }
    #expect(error?.reason == .unknownField)
    #expect(error?.violations.first?.description == "names “notes”, which does not exist")
  }
}

import ErrandsAPI
import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import RecordsAPI
import Testing

@testable import MeshService

@Suite @LoopActor struct `A field that a tenant adds` {
  private let fields = [
    RecordField(
      "custom.twitter",
      .text,
      [.sortable, .searchable],
      FieldRule(maxLength: 15),
      label: "Twitter"
    ),
    RecordField("custom.mood", .text, [], FieldRule(choices: ["calm", "hectic"])),
    RecordField("custom.stops", .decimal, [.sortable]),
  ]

  private func errand(_ title: String, _ values: [String: WellKnown.Value.Kind]) -> Errand {
    let custom = WellKnown.Struct(fields: values.mapValues { WellKnown.Value($0) })
    return Errand(title: title, custom: custom)
  }

  private func fill(_ bench: ErrandBench) async throws -> [Errand] {
    var made: [Errand] = []
    for errand in [
      errand("a", ["twitter": .string("zed"), "mood": .string("calm"), "stops": .number(3)]),
      errand("b", ["twitter": .string("amy"), "mood": .string("hectic"), "stops": .number(1)]),
      errand("c", [:]),
    ] {
      made.append(
        try await bench.handlers.createErrand(CreateErrandRequest(errand: errand), bench.asManager)
      )
    }
    return made
  }

  @Test func `is kept, filtered, sorted and found like any other`() async throws {
    let bench = try ErrandBench(custom: fields)
    let made = try await fill(bench)
    #expect(try await bench.get(made[0]).custom == made[0].custom)
    #expect(try await bench.titles(filter: "custom.twitter == 'zed'") == ["a"])
    #expect(try await bench.titles(filter: "custom.stops > 2.0") == ["a"])
    #expect(try await bench.titles(filter: "custom.mood == null") == ["c"])
    #expect(try await bench.titles(order: "custom.twitter") == ["b", "a", "c"])
    #expect(try await bench.titles(order: "custom.stops desc") == ["a", "b", "c"])
    #expect(try await bench.titles(query: "amy") == ["b"])
  }

  @Test func `changes alone when the mask names it`() async throws {
    let bench = try ErrandBench(custom: fields)
    let made = try await fill(bench)
    var draft = errand("ignored", ["twitter": .string("new")])
    draft.id = made[0].id
    let changed = try await bench.update(draft, ["custom.twitter"])
    #expect(changed.title == "a")
    #expect(changed.custom?.fields["twitter"]?.kind == .string("new"))
    #expect(changed.custom?.fields["mood"]?.kind == .string("calm"))
  }

  @Test func `is in exports, groups, histories and descriptions like any other`() async throws {
    let bench = try ErrandBench(custom: fields)
    let made = try await fill(bench)
    let file = try await bench.handlers.exportErrands(
      ExportRequest(fields: "title,custom.twitter,custom.mood,custom.stops"),
      bench.asManager
    )
    #expect(
      String(decoding: file.content, as: UTF8.self)
        == "title,custom.twitter,custom.mood,custom.stops\r\n"
        + "a,zed,calm,3\r\nb,amy,hectic,1\r\nc,,,\r\n"
    )
    let groups = try await bench.handlers.aggregateErrands(
      AggregateRequest(groupBy: "custom.mood", sum: "custom.stops"),
      bench.asManager
    ).groups
    #expect(Set(groups.map(\.keys)) == [["calm"], ["hectic"], [""]])
    #expect(groups.first { $0.keys == ["calm"] }?.sums.map(\.decimal) == [3])
    var draft = errand("a", ["twitter": .string("new")])
    draft.id = made[0].id
    _ = try await bench.update(draft, ["custom.twitter"])
    let history = try await bench.handlers.listErrandHistory(
      ListHistoryRequest(id: made[0].idText),
      bench.asManager
    )
    #expect(
      history.entries[0].changes == [FieldChange(field: "custom.twitter", old: "zed", new: "new")]
    )
    let describer = ObjectDescriber(schemas: [Errand.schema.adding(fields)], access: bench.gate)
    let described = try await describer.describeObject(
      DescribeObjectRequest(object: "errand"),
      bench.asManager
    ).fields.suffix(3)
    #expect(described.map(\.name) == fields.map(\.name))
    #expect(described.map(\.label) == fields.map(\.label) && described.first?.maxLength == 15)
    #expect(described.map(\.choices) == [[], ["calm", "hectic"], []])
    #expect(described.allSatisfy { $0.visible && $0.editable })
  }

  @Test func `is held to its rules, and one that does not exist is refused`() async throws {
    let bench = try ErrandBench(custom: fields)
    let refused = await refusal {
      _ = try await bench.handlers.createErrand(
        CreateErrandRequest(
          errand: errand(
            "a",
            [
              "twitter": .string("sixteen letters!"), "mood": .string("gone"),
              "stops": .string("many"), "colour": .string("red"),
            ]
          )
        ),
        bench.asManager
      )
    }
    #expect(
      refused?.violations.map(\.field) == [
        "custom.twitter", "custom.mood", "custom.stops", "custom.colour",
      ]
    )
  }
}

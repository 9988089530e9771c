import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshTesting
import Testing

@Suite @LoopActor struct `A message with parts` {
  @Test func `is changed part by part, or as a whole`() async throws {
    let bench = try ErrandBench()
    let made = try await bench.create("Fetch") { $0.place = Place(street: "Ring 1", city: "Wien") }
    var draft = made
    draft.place = Place(street: "Ignored", city: "Graz")
    let moved = try await bench.update(draft, ["place.city"])
    #expect(moved.place == Place(street: "Ring 1", city: "Graz"))
    draft.etag = nil
    draft.place = Place(floor: 0)
    let replaced = try await bench.update(draft, ["place"])
    #expect(replaced.place == Place(floor: 0))
    draft.place = nil
    let cleared = try await bench.update(draft, ["place"])
    #expect(cleared.place == nil)
    #expect(try await bench.get(made) == cleared)
  }

  @Test func `names its parts in masks, filters, orders and errors`() async throws {
    let bench = try ErrandBench()
    for city in ["Wien", "Bern", "paris"] {
      _ = try await bench.create(city) { $0.place = Place(street: "Ring 1", city: city) }
    }
    _ = try await bench.create("Nowhere")
    #expect(try await bench.titles(filter: #"place.city == "Bern""#) == ["Bern"])
    #expect(try await bench.titles(filter: #"place.city == """#) == ["Nowhere"])
    #expect(try await bench.titles(filter: "place.floor > 1") == [])
    #expect(
      try await bench.titles(order: "place.city desc") == ["Wien", "paris", "Bern", "Nowhere"]
    )
    let long = await refusal {
      _ = try await bench.create("Far") {
        $0.place = Place(street: .init(repeating: "x", count: 31))
      }
    }
    #expect(long?.violations.map(\.field) == ["place.street"])
    let made = try await bench.create("Fetch")
    let unknown = await refusal { _ = try await bench.update(made, ["place.country"]) }
    #expect(unknown?.reason == .unknownField)
  }
}

@Suite struct `The form of a text` {
  @Test func `has no blanks around it, and no control characters`() {
    #expect(TextForm.cleaned("  Ada \t\n King\u{7}\u{9B} ") == "Ada King")
    #expect(TextForm.cleaned(" \n ") == "")
    #expect(TextForm.cleaned(" a \n b ", keepsLines: true) == "a\nb")
  }
}

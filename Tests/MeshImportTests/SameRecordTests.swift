import ErrandsAPI
import MeshProto
import Testing

@testable import MeshImport

@Suite struct `A record whose id a row has` {
  @Test(arguments: [
    ("Fetch", "Fetch it", true), ("Call Berg GmbH", "Call Lund GmbH", false),
    ("Errand 1", "Errand 2", false), ("Fetch the post", "FETCH POST", true),
    ("Übergabe Köln", "Ubergabe Koln 2026", true), ("Fetch", "Bring", false), ("王", "王", true),
    ("", "Bring", true), ("Fetch", "", true),
  ])
  func `is meant if what both are called is alike, or one has no name`(
    _ one: String,
    _ other: String,
    _ isMeant: Bool
  ) {
    let same = SameRecord(Errand.schema)
    #expect(same.agrees(Errand(title: one), Errand(title: other)) == isMeant)
    // What is not seen says nothing.
    let unseeing = SameRecord(Errand.schema, visible: .none)
    #expect(unseeing.agrees(Errand(title: one), Errand(title: other)))
  }
}

import MeshCore
import Testing

@testable import MeshImport

@Suite struct `The name of a member in a file` {
  private static let (jose, josefa, ana, anna) = (
    IDWords(high: 0, low: 1), IDWords(high: 0, low: 2), IDWords(high: 0, low: 3),
    IDWords(high: 0, low: 4)
  )
  private let names = ListedNames([
    (id: Self.jose, names: ["José Núñez", "jose@team.example"]),
    (id: Self.josefa, names: ["Josefa Nunez", "josefa@team.example"]),
    (id: Self.ana, names: ["Ána Weiß", "ána@team.example"]),
    (id: Self.anna, names: ["Äna Weiss"]),
  ])

  @Test(arguments: ["José Núñez", "JOSÉ NÚÑEZ", "Jose\u{301} Nu\u{301}n\u{303}ez", "jose nunez"])
  func `is found in any case, with accents composed or not, or without them`(text: String) {
    #expect(names.ids(of: [text]) == [Self.jose])
  }

  @Test func `is that of whoever writes it so, where accents make the difference`() {
    #expect(names.ids(of: ["ána weiß"]) == [Self.ana])
    #expect(names.ids(of: ["äna weiß"]) == [Self.anna])
  }

  @Test func `is nobody's where two have it but for accents`() {
    #expect(names.ids(of: ["Ana Weiss"]) == [Self.ana, Self.anna])
  }

  @Test func `is an address only as it is written`() {
    #expect(names.ids(of: ["ána@team.example"]) == [Self.ana])
    #expect(names.ids(of: ["ana@team.example"]).isEmpty)
  }
}

import MeshCore
import Testing

@testable import MeshStore

@Suite struct `A list from its end` {
  private let fixture: StoreFixture
  private static let byScore = Keyset([.descending("score")], unique: "id")

  init() async throws {
    fixture = try StoreFixture()
    for index in 0..<23 {
      _ = try await fixture.addLead(acme, "Lead \(index % 4)", score: index % 5)
    }
  }

  private func page(
    by keyset: Keyset,
    size: Int32 = 5,
    token: String = "",
    isFromEnd: Bool = false,
    where condition: SQL = "TRUE"
  ) async throws -> Page<String> {
    try await fixture.store.read(acme) { transaction in
      try transaction.page(
        "name, score, id",
        from: "leads",
        where: condition,
        by: keyset,
        try PageRequest(size: size, token: token, isFromEnd: isFromEnd),
        bound: []
      ) { row in
        "\(try row.next(String.self)) \(try row.next(Int.self)) \(try row.next(LeadID.self))"
      }
    }
  }

  /// Empty for some rows.
  private static let word: SQL = "(CASE score WHEN 3 THEN '' ELSE name END)"

  /// Orders of every form: of one direction and of two, with and without rows that have no value.
  static let orders = [
    Keyset(descending: "id"), byScore,
    Keyset([.descending("score"), .ascending("name")], unique: "id"),
    Keyset([.notNull(word, none: "''", isDescending: false)], unique: "id"),
    Keyset([.notNull(word, none: "''", isDescending: true), .ascending("score")], unique: "id"),
    Keyset(
      [
        .nullable("nullif(score, 3)", zero: "0", isDescending: true),
        .nullable("nullif(name, 'Lead 2')", zero: "''", isDescending: false),
      ],
      unique: "id"
    ),
  ]

  @Test(arguments: orders, [1, 4, 5, 23, 24] as [Int32])
  func `is the same list backwards, page by page`(keyset: Keyset, size: Int32) async throws {
    let all = try await page(by: keyset, size: 100).elements
    #expect(all.count == 23)
    var found: [String] = []
    var page = try await page(by: keyset, size: size, isFromEnd: true)
    #expect(page.nextToken.isEmpty)
    while true {
      found = page.elements + found
      if page.previousToken.isEmpty || found.count > 100 { break }
      page = try await self.page(by: keyset, size: size, token: page.previousToken)
      #expect(!page.nextToken.isEmpty)
    }
    #expect(found == all)
  }

  @Test(arguments: orders)
  func `meets the one from the beginning, and either can turn round`(keyset: Keyset) async throws {
    let all = try await page(by: keyset, size: 100).elements
    let first = try await page(by: keyset)
    #expect(first.previousToken.isEmpty)
    let second = try await page(by: keyset, token: first.nextToken)
    let third = try await page(by: keyset, token: second.nextToken)
    #expect(third.elements == Array(all[10..<15]))
    let back = try await page(by: keyset, token: third.previousToken)
    #expect(back.elements == second.elements)
    #expect(try await page(by: keyset, token: back.previousToken).elements == first.elements)
    let onward = try await page(by: keyset, token: back.nextToken)
    #expect(onward.elements == third.elements)
    let last = try await page(by: keyset, size: 8, isFromEnd: true)
    let before = try await page(by: keyset, size: 8, token: last.previousToken)
    #expect(before.elements == Array(all[7..<15]))
    let again = try await page(by: keyset, size: 8, token: before.nextToken)
    #expect(again.elements == last.elements && again.nextToken.isEmpty)
  }

  @Test func `goes on where rows come and go`() async throws {
    let all = try await page(by: Self.byScore, size: 100).elements
    let last = try await page(by: Self.byScore, isFromEnd: true)
    // The row that the token was made of, the one before it, and the first.
    let gone = [18, 17, 0].map { all[$0].split(separator: " ")[3] }
    try await fixture.store.write(acme, as: .test) { transaction in
      let rows = try transaction.rows("SELECT id FROM leads") { try $0.next(LeadID.self) }
      for id in rows where gone.contains("\(id)"[...]) {
        try transaction.execute("DELETE FROM leads WHERE id = \(id)")
      }
    }
    let left = all.filter { row in !gone.contains { row.hasSuffix($0) } }
    let before = try await page(by: Self.byScore, token: last.previousToken)
    #expect(before.elements == Array(all[12...16]))
    let rest = try await page(by: Self.byScore, size: 100, token: before.previousToken)
    #expect(rest.elements + before.elements + last.elements.dropFirst() == left)
    #expect(rest.previousToken.isEmpty)
  }

  @Test func `has a way back from where all rows are gone`() async throws {
    let first = try await page(by: Self.byScore)
    let second = try await page(by: Self.byScore, token: first.nextToken)
    let forward: SQL = "score >= 4"
    let onward = try await page(by: Self.byScore, token: second.nextToken, where: forward)
    #expect(onward.elements.isEmpty && onward.nextToken.isEmpty)
    let back = try await page(by: Self.byScore, token: onward.previousToken, where: forward)
    #expect(back.elements.allSatisfy { $0.split(separator: " ")[2] == "4" })
    #expect(back.elements.count == 4)
    let backward: SQL = "score < 4"
    let none = try await page(by: Self.byScore, token: first.nextToken, where: "score = 9")
    #expect(none.elements.isEmpty)
    let low = try await page(by: Self.byScore, token: second.previousToken, where: "score = 0")
    #expect(low.elements.isEmpty && low.previousToken.isEmpty)
    let up = try await page(by: Self.byScore, token: low.nextToken, where: backward)
    #expect(up.elements.count == 5)
  }

  @Test func `is cut by bytes from its end`() async throws {
    let fixture = try StoreFixture()
    for (index, size) in [1, 900_000, 3_000_000, 1, 1_500_000].enumerated() {
      _ = try await fixture.addLead(acme, String(repeating: "x", count: size), score: index)
    }
    var pages: [[Int]] = []
    var token = ""
    repeat {
      let request = try PageRequest(size: 1_000, token: token, isFromEnd: true)
      let page = try await fixture.store.read(acme) { transaction in
        try transaction.page(
          "name, score",
          from: "leads",
          by: Keyset([.ascending("score")], unique: "id"),
          request,
          bound: []
        ) { row in
          row.skip(1)
          return try row.next(Int.self)
        }
      }
      pages.append(page.elements)
      token = page.previousToken
    } while !token.isEmpty
    #expect(pages == [[3, 4], [2], [0, 1]])
  }
}

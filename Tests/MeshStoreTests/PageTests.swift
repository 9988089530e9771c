import MeshCore
import Testing

@testable import MeshStore

@Suite struct `A page of a list` {
  private let fixture: StoreFixture
  private static let byScore = Keyset([.descending("score")], unique: "id")

  init() async throws {
    fixture = try StoreFixture()
    for index in 0..<23 {
      _ = try await fixture.addLead(acme, "Lead \(index % 4)", score: index % 5)
    }
    _ = try await fixture.addLead(globex, "Lead", score: 3)
  }

  private func page(
    _ tenant: TenantID = acme,
    by keyset: Keyset,
    size: Int32 = 5,
    token: String,
    bound: [String] = []
  ) async throws -> Page<String> {
    try await fixture.store.read(tenant) { transaction in
      try transaction.page(
        "name, score, id",
        from: "leads",
        by: keyset,
        try PageRequest(size: size, token: token),
        bound: bound
      ) { row in
        "\(try row.next(String.self)) \(try row.next(Int.self)) \(try row.next(LeadID.self))"
      }
    }
  }

  @Test(
    arguments: [
      (Keyset([.descending("score")], unique: "id"), "score DESC, id DESC"),
      (Keyset([.ascending("score"), .ascending("name")], unique: "id"), "score, name, id"),
      (Keyset([.descending("score"), .ascending("name")], unique: "id"), "score DESC, name, id"),
      (
        Keyset([.ascending("name"), .descending("score"), .ascending("email")], unique: "id"),
        "name, score DESC, email, id"
      ),
      (
        Keyset([.ascending("name"), .descending("coalesce(score, 0)")], unique: "id"),
        "name, score DESC, id DESC"
      ),
      (Keyset(descending: "id"), "id DESC"),
    ] as [(Keyset, SQL)]
  )
  func `follows the one before in every order`(keyset: Keyset, order: SQL) async throws {
    try await fixture.store.write(acme, as: .test) { transaction in
      let ids = try transaction.rows("SELECT id FROM leads") { try $0.next(LeadID.self) }
      for id in ids {
        try transaction.execute(
          "UPDATE leads SET email = name || ' ' || score || \(" \(id)") WHERE id = \(id)"
        )
      }
    }
    var found: [String] = []
    var token = ""
    repeat {
      let page = try await page(by: keyset, token: token)
      #expect(page.elements.count <= 5)
      found += page.elements
      token = page.nextToken
    } while !token.isEmpty && found.count < 100
    let all = try await fixture.store.read(acme) { transaction in
      try transaction.rows("SELECT name, score, id FROM leads ORDER BY \(order)") { row in
        "\(try row.next(String.self)) \(try row.next(Int.self)) \(try row.next(LeadID.self))"
      }
    }
    #expect(found == all)
    #expect(all.count == 23)
  }

  @Test func `neither skips nor repeats a row while others come and go`() async throws {
    let first = try await page(by: Self.byScore, size: 10, token: "")
    for score in 0...5 { _ = try await fixture.addLead(acme, "New", score: score) }
    var token = first.nextToken
    var rest: [String] = []
    while !token.isEmpty {
      let page = try await page(by: Self.byScore, size: 10, token: token)
      rest += page.elements
      token = page.nextToken
    }
    let old = (first.elements + rest).filter { !$0.hasPrefix("New") }
    #expect(old.count == 23)
    #expect(Set(old).count == 23)
  }

  @Test func `has no next when it is the last, even if it is full`() async throws {
    #expect(try await page(by: Self.byScore, size: 23, token: "").nextToken.isEmpty)
    #expect(try await page(by: Self.byScore, size: 22, token: "").nextToken.isEmpty == false)
  }

  @Test func `is refused to a token of another list`() async throws {
    let token = try await page(by: Self.byScore, token: "", bound: ["score > 1", "-score"])
      .nextToken
    let refused = MeshError.invalid(
      "page_token",
      "must be a token of another page of the same list",
      reason: .invalidPageToken
    )
    _ = try await page(by: Self.byScore, token: token, bound: ["score > 1", "-score"])
    await #expect(throws: refused) {
      try await page(by: Self.byScore, token: token, bound: ["score > 2", "-score"])
    }
    // The parts are told apart, not only their sum.
    await #expect(throws: refused) {
      try await page(by: Self.byScore, token: token, bound: ["score > 1-score", ""])
    }
    await #expect(throws: refused) {
      try await page(globex, by: Self.byScore, token: token, bound: ["score > 1", "-score"])
    }
    for broken in [String(token.dropLast()), token + "AA", "x", "!", token.uppercased()] {
      await #expect(throws: refused) {
        try await page(by: Self.byScore, token: broken, bound: ["score > 1", "-score"])
      }
    }
  }

  @Test func `outlives the process that began it`() async throws {
    let token = try await page(by: Self.byScore, token: "").nextToken
    let again = try StoreFixture(reopening: fixture)
    let page = try await again.store.read(acme) { transaction in
      try transaction.page(
        "id",
        from: "leads",
        by: Self.byScore,
        try PageRequest(size: 5, token: token),
        bound: []
      ) { try $0.next(LeadID.self) }
    }
    #expect(page.elements.count == 5)
  }

  private func sealed(
    size: Int32,
    token: String = ""
  ) async throws -> (page: Page<String>, tokens: RowTokens) {
    try await fixture.store.read(acme) { transaction in
      try transaction.sealedPage(
        "name, score, id",
        from: "leads",
        where: "TRUE",
        by: Self.byScore,
        try PageRequest(size: size, token: token),
        bound: []
      ) { row in
        "\(try row.next(String.self)) \(try row.next(Int.self)) \(try row.next(LeadID.self))"
      }
    }
  }

  @Test func `goes on behind any row of a sealed one`() async throws {
    let all = try await sealed(size: 100)
    #expect(all.page.elements.count == 23 && all.page.nextToken.isEmpty)
    for index in [0, 7, 21] {
      let rest = try await sealed(size: 100, token: all.tokens.text(after: index))
      #expect(rest.page.elements == Array(all.page.elements.dropFirst(index + 1)))
    }
    let last = try await sealed(size: 100, token: all.tokens.text(after: 22))
    #expect(last.page.elements == [] && last.page.nextToken.isEmpty)
  }

  @Test func `tells nothing of its rows by a sealed token, which no other list takes`()
    async throws
  {
    let row = try await fixture.store.read(acme) { transaction in
      try transaction.first("SELECT id FROM leads ORDER BY score DESC, id DESC") {
        try $0.next(LeadID.self)
      }
    }
    let id = try #require(row).bytes
    func holdsID(_ token: String) throws -> Bool {
      let bytes = try #require(Base64.decodeURL(token))
      return bytes.indices.contains { bytes[$0...].starts(with: id) }
    }
    let plain = try await page(by: Self.byScore, size: 1, token: "").nextToken
    let sealed = try await sealed(size: 1).tokens.text(after: 0)
    #expect(try holdsID(plain) && !holdsID(sealed))
    await #expect(throws: MeshError.self) { try await page(by: Self.byScore, token: sealed) }
    await #expect(throws: MeshError.self) { try await self.sealed(size: 1, token: plain) }
    for broken in [String(sealed.dropLast(4)), sealed + "AAAA", sealed.uppercased()] {
      await #expect(throws: MeshError.self) { try await self.sealed(size: 1, token: broken) }
    }
  }

  @Test func `is of a size between one and a thousand`() throws {
    #expect(try PageRequest(size: 0, token: "").size == 20)
    #expect(try PageRequest(size: 5000, token: "").size == 1000)
    #expect(throws: MeshError.invalid("page_size", "must not be negative")) {
      try PageRequest(size: -1, token: "")
    }
    let long = String(repeating: "A", count: 8_193)
    let error = #expect(throws: MeshError.self) { try PageRequest(size: 1, token: long) }
    #expect(error?.reason == .invalidPageToken)
  }

  @Test func `compares rows of one direction at once and others only where it turns`() {
    let values: [SQLValue] = [.integer(1), .integer(2), .integer(3)]
    let same = Keyset([.descending("a"), .descending("b")], unique: "id")
    #expect(same.parts(after: values)[0].condition.text == "(a, b, id) < (?, ?, ?)")
    let mixed = Keyset([.descending("a"), .ascending("b")], unique: "id")
    #expect(
      mixed.parts(after: values)[0].condition.text
        == "a <= ? AND (a < ? OR (a = ? AND (b, id) > (?, ?)))"
    )
  }

  @Test func `comes with a count as far as a limit`() async throws {
    let counts = try await fixture.store.read(acme) { transaction in
      [
        try transaction.count(from: "leads"),
        try transaction.count(from: "leads", where: "score = \(4)", upTo: 4),
        try transaction.count(from: "leads", where: "score = \(4)", upTo: 3),
      ]
    }
    #expect(counts == [.exactly(23), .exactly(4), .moreThan(3)])
  }
}

@Suite struct `A page of large rows` {
  @Test func `is cut by bytes, has one row at least, and the next one goes on`() async throws {
    let fixture = try StoreFixture()
    let sizes = [1, 300_000, 900_000, 3_000_000, 1, 1_500_000, 800_000, 700_000]
    for (index, size) in sizes.enumerated() {
      _ = try await fixture.addLead(acme, String(repeating: "x", count: size), score: index)
    }
    var pages: [[Int]] = []
    var token = ""
    repeat {
      let next = token
      let page = try await fixture.store.read(acme) { transaction in
        try transaction.page(
          "name, score",
          from: "leads",
          by: Keyset([.ascending("score")], unique: "id"),
          try PageRequest(size: 1000, token: next),
          bound: []
        ) { row in (try row.next(String.self).utf8.count, try row.next(Int.self)) }
      }
      pages.append(page.elements.map(\.1))
      for (size, index) in page.elements { #expect(size == sizes[index]) }
      token = page.nextToken
    } while !token.isEmpty
    #expect(pages == [[0, 1, 2], [3], [4, 5], [6, 7]])
  }
}

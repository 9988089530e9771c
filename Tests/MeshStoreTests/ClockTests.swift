import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `A clock that is a day off` {
  private static let day = Duration.seconds(24 * 3600)

  /// Adds leads whose creation is in the log; their ids in order.
  private func add(_ count: Int, to fixture: StoreFixture) async throws -> [LeadID] {
    var ids: [LeadID] = []
    for _ in 0..<count {
      ids.append(
        try await fixture.store.write(acme, as: .test) { transaction in
          let id = transaction.ids.next(LeadKind.self)
          try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), 'Lead')")
          try transaction.record(Change(action: "create", object: "lead", id: "\(id)"))
          return id
        }
      )
    }
    return ids
  }

  private func page(_ fixture: StoreFixture, _ token: String) async throws -> Page<LeadID> {
    try await fixture.store.read(acme) { transaction in
      try transaction.page(
        "id",
        from: "leads",
        by: Keyset(descending: "id"),
        try PageRequest(size: 4, token: token),
        bound: []
      ) { try $0.next(LeadID.self) }
    }
  }

  @Test func `leaves ids, lists and the change log in order, and cursors where they were`()
    async throws
  {
    let fixture = try StoreFixture()
    var ids = try await add(6, to: fixture)
    let first = try await page(fixture, "")
    let position = try #require(try await fixture.changeNumbers().last)
    let cursor = fixture.store.cursor(after: position)
    fixture.clock.advance(Self.day)
    ids += try await add(6, to: fixture)
    fixture.clock.advance(.zero - Self.day)
    ids += try await add(6, to: fixture)
    #expect(ids == ids.sorted { $0.description < $1.description })
    #expect(try await page(fixture, first.nextToken).elements == [ids[1], ids[0]])

    // Another process, which does not know how far ahead the ids already are.
    let again = try StoreFixture(reopening: fixture)
    let later = try await add(6, to: again)
    var (found, token) = ([LeadID](), "")
    repeat {
      let page = try await page(again, token)
      found += page.elements
      token = page.nextToken
    } while !token.isEmpty && found.count < 100
    #expect(found == (ids + later).sorted { $0.description > $1.description })

    try await again.store.settle()
    let behind = try await again.store.position(of: cursor)
    #expect(behind == position)
    let entries = try await again.store.changes(after: behind, max: .max).entries
    #expect(entries.map(\.id) == (ids[6...] + later).map(\.description))
  }

  @Test func `leaves a record's history in the order of its changes`() async throws {
    let fixture = try StoreFixture()
    let actions = ["create", "update", "rename", "delete"]
    for (action, step) in zip(actions, [Self.day, .zero - Self.day, .zero - Self.day, Self.day]) {
      try await fixture.store.write(acme, as: .test) { transaction in
        try transaction.record(Change(action: action, object: "lead", id: "lead_1"))
      }
      fixture.clock.advance(step)
    }
    var (found, token) = ([String](), "")
    repeat {
      let request = try PageRequest(size: 1, token: token)
      let page = try await fixture.store.read(acme) {
        try $0.history("lead", "lead_1", request, upTo: 1 << 20)
      }
      found += page.elements.map(\.action)
      token = page.nextToken
    } while !token.isEmpty && found.count < 100
    #expect(found == actions.reversed())
  }

  @Test func `lets a deleted record come back for as long as it may, give or take that day`()
    async throws
  {
    let fixture = try StoreFixture()
    let id = LeadID.some.words
    fixture.clock.advance(Self.day)
    try await fixture.store.write(acme, as: .test) { try $0.keepDeleted("lead", id, [1]) }
    fixture.clock.advance(.zero - Self.day)
    let isThere = { (days: Int) in
      let now = fixture.clock.clock.now + Self.day * days
      return try await fixture.store.read(acme) {
        try $0.deletedRecord("lead", id, at: now) != nil
      }
    }
    #expect(try await isThere(0))
    #expect(try await isThere(30))
    #expect(try await !isThere(31))
  }
}

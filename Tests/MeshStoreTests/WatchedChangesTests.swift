import MeshCore
import Testing

@testable import MeshStore

@Suite struct `Changes that are watched` {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func record(_ tenant: TenantID, _ ids: [String], object: String = "lead") async throws {
    try await fixture.store.write(tenant, as: .test) { transaction in
      for id in ids {
        try transaction.record(Change(action: "create", object: object, id: id, after: [1, 2]))
      }
    }
  }

  private func batch(
    after sequence: Int64 = 0,
    until end: Int64? = nil,
    of tenants: Set<TenantID> = [acme],
    wait: Duration = .zero
  ) async throws -> ChangeBatch {
    let wanted = WatchedChanges(tenants: tenants, objects: ["lead"])
    return try await fixture.store.changes(after: sequence, until: end, wanted, wait: wait)
  }

  @Test func `are those of some tenants and objects, and the others are done with`() async throws {
    try await record(acme, ["lead_1"])
    try await record(globex, ["lead_2"])
    try await record(acme, ["thing_3"], object: "thing")
    try await record(acme, ["lead_4"])
    try await record(globex, ["lead_5"])
    let numbers = try await fixture.changeNumbers()
    let found = try await batch()
    #expect(found.entries.map(\.id) == ["lead_1", "lead_4"] && found.position == numbers[4])
    #expect(found.entries.first?.after == [1, 2])
    let middle = try await batch(after: numbers[0], until: numbers[3])
    #expect(middle.entries.map(\.id) == ["lead_4"] && middle.position == numbers[3])
    #expect(try await batch(after: numbers[4], until: numbers[3]).position == numbers[3])
    let all = try await batch(of: [acme, globex])
    #expect(all.entries.count == 4)
  }

  @Test func `come in pages, however many there are`() async throws {
    for start in stride(from: 0, to: 600, by: 100) {
      try await record(acme, (start..<start + 100).map { "lead_\($0)" })
      try await record(globex, (0..<1_000).map { "lead_\($0)" })
    }
    let end = try await fixture.changeNumbers().last ?? 0
    var (place, ids, pages): (Int64, [String], Int) = (0, [], 0)
    while place < end {
      let page = try await batch(after: place, until: end)
      #expect(page.position > place && page.entries.count <= 256)
      place = page.position
      ids += page.entries.map(\.id)
      pages += 1
    }
    #expect(ids == (0..<600).map { "lead_\($0)" } && place == end && pages >= 3)
  }

  @Test func `are waited for`() async throws {
    async let waiting = batch(wait: .seconds(60))
    try await record(acme, ["lead_1"])
    #expect(try await waiting.entries.map(\.id) == ["lead_1"])
  }

  @Test func `have a place that only their log reads, and that says nothing`() async throws {
    try await record(acme, ["lead_1", "lead_2"])
    let store = fixture.store
    let last = try await fixture.changeNumbers()[1]
    let cursors = (Int64(0)..<100).map { store.sealedCursor(after: $0) }
    #expect(try cursors.map { try store.position(ofSealed: $0) } == Array(0..<100))
    #expect(store.sealedCursor(after: last) == store.sealedEnd && Set(cursors).count == 100)
    #expect(Set(cursors.map { $0.suffix(6) }).count == 100, "the number is covered")
    let other = try StoreFixture()
    var hostile = [
      "", "x", String(cursors[1].dropLast()), cursors[1] + "A", store.cursor(after: 1),
      String(repeating: "A", count: 32), String(repeating: "\u{E9}", count: 16),
      other.store.sealedCursor(after: 1),
    ]
    for place in 0..<32 {
      var bytes = Array(cursors[1].utf8)
      bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      hostile.append(String(decoding: bytes, as: UTF8.self))
    }
    for text in hostile {
      let error = #expect(throws: MeshError.self) { try store.position(ofSealed: text) }
      #expect(error?.reason == .foreignCursor, "\(text)")
    }
  }
}

import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

private let day = Duration.seconds(86_400)

/// Of leads a compacted change has its first byte alone.
private let leads = KeptHistory(object: "lead", table: "leads", idPrefix: "lead") { change in
  Change(
    action: change.action,
    object: change.object,
    id: change.id,
    before: change.before.map { Array($0.prefix(1)) },
    after: change.after.map { Array($0.prefix(1)) },
    isPartial: true
  )
}

@Suite struct `A change log that is compacted` {
  /// A change as it stands in the log, whole or not.
  private struct Kept: Equatable {
    let id: String
    let action: String
    let after: [UInt8]?
    let isPartial: Bool
  }

  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  /// A lead that is there.
  private func lead(_ name: String) async throws -> LeadID {
    try await fixture.addLead(acme, name)
  }

  private func record(
    _ id: String,
    _ action: String = "update",
    object: String = "lead",
    after: [UInt8]? = [1, 2, 3],
    isPartial: Bool = false
  ) async throws {
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.record(
        Change(action: action, object: object, id: id, after: after, isPartial: isPartial)
      )
    }
  }

  private func kept(_ store: Store? = nil) async throws -> [Kept] {
    let store = store ?? fixture.store
    try await store.settle()
    return try await store.systemRead { transaction in
      var kept: [Kept] = []
      try transaction.session.runOwn(
        "SELECT \(ChangeLog.columns) FROM main.mesh_changes ORDER BY sequence"
      ) { row in
        let entry = try ChangeLog.entry(&row)
        kept.append(
          Kept(id: entry.id, action: entry.action, after: entry.after, isPartial: entry.isPartial)
        )
        return true
      }
      return kept
    }
  }

  /// Does all that is to be done, in steps.
  private func compact(_ store: Store? = nil, size: Int64 = .max) async throws {
    let store = store ?? fixture.store
    try await store.settle()
    let retention = LogRetention(age: day * 10, size: size)
    while try await store.measureChanges(as: .test) {}
    while try await store.compactChanges(by: retention, [leads], as: .test) {}
    var tenant: TenantID?
    while let next = try await store.purgeDeleted(after: tenant, [leads], as: .test) {
      if !next.isMore { tenant = next.tenant }
    }
  }

  private func delete(_ id: LeadID) async throws {
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.execute("DELETE FROM leads WHERE id = \(id)")
      try transaction.keepDeleted("lead", id.words, [1])
      try transaction.record(
        Change(action: "delete", object: "lead", id: "\(id)", before: [1, 2, 3])
      )
    }
  }

  @Test func `keeps what changed in records that are there, and nothing of others`() async throws {
    let (here, gone) = ("\(try await lead("Here"))", "\(LeadID(high: 9, low: 9))")
    try await record(here, "create")
    try await record(gone, "create")
    try await record("session_1", object: "session")
    try await record(here, after: [7, 8], isPartial: true)
    try await record(gone, "delete", after: nil)
    fixture.clock.advance(day * 9)
    try await record(here, "young")
    try await compact()
    #expect(try await kept().count == 6, "all are young")
    fixture.clock.advance(day)
    try await compact()
    let expected = [
      Kept(id: here, action: "create", after: [1], isPartial: true),
      Kept(id: here, action: "update", after: [7, 8], isPartial: true),
      Kept(id: here, action: "young", after: [1, 2, 3], isPartial: false),
    ]
    #expect(try await kept() == expected)
    try await compact()
    #expect(try await kept() == expected)
  }

  @Test func `sends consumers that come from before to a snapshot`() async throws {
    let id = "\(try await lead("Here"))"
    for _ in 0..<3 { try await record(id) }
    fixture.clock.advance(day * 11)
    let numbers = try await fixture.changeNumbers()
    try await record(id, "young")
    let last = try #require(try await fixture.changeNumbers().last)
    try await compact()
    let store = fixture.store
    let wanted = WatchedChanges(tenants: [acme], objects: ["lead"])
    for place in [0, numbers[0], numbers[1]] {
      let pulled = await #expect(throws: MeshError.self) {
        try await store.changes(after: place, max: 10)
      }
      let watched = await #expect(throws: MeshError.self) {
        try await store.changes(after: place, wanted, wait: .zero)
      }
      let measured = await #expect(throws: MeshError.self) {
        try await store.distance(after: place)
      }
      for error in [pulled, watched, measured] { #expect(error?.reason == .foreignCursor) }
    }
    let batch = try await store.changes(after: numbers[2], max: 10)
    #expect(batch.entries.map(\.action) == ["young"] && batch.position == last)
    #expect(try await store.changes(after: numbers[2], wanted, wait: .zero).entries.count == 1)
    #expect(try await store.distance(after: numbers[2]).changes == 1)
  }

  @Test func `numbers what comes after its last change as if nothing were gone`() async throws {
    for _ in 0..<3 { try await record("session_1", object: "session") }
    let before = try await fixture.changeNumbers()
    fixture.clock.advance(day * 11)
    try await compact()
    #expect(try await kept().count == 1, "the newest stays")
    fixture.store.close()
    let again = try StoreFixture(reopening: fixture)
    try await again.store.write(acme, as: .test) { transaction in
      try transaction.record(Change(action: "next", object: "session", id: "session_2"))
    }
    try await again.store.settle()
    let batch = try await again.store.changes(after: before[2], max: 10)
    #expect(batch.entries.map(\.action) == ["next"])
    #expect(batch.position > before[2])
    let place = try await again.store.position(of: again.store.cursor(after: before[2]))
    #expect(place == before[2], "who has taken all goes on")
  }

  @Test func `gives up the oldest of what is too much, but nothing of the last hour`() async throws
  {
    let id = "\(try await lead("Here"))"
    let large = [UInt8](repeating: 1, count: 1_000 - Int(ChangeEntry.ownBytes))
    for _ in 0..<10 { try await record(id, after: large) }
    try await compact(size: 3_500)
    #expect(try await kept().filter(\.isPartial).isEmpty)
    fixture.clock.advance(LogRetention.leastAge)
    try await record(id, "young", after: large)
    try await compact(size: 3_500)
    #expect(
      try await kept().map(\.isPartial) == Array(repeating: true, count: 8) + [false, false, false]
    )
    try await compact(size: 3_500)
    #expect(try await kept().count { $0.isPartial } == 8, "once it is small enough, all stays")
    fixture.clock.advance(LogRetention.leastAge)
    try await record(id, after: large)
    try await compact(size: 3_500)
    #expect(try await kept().count { $0.isPartial } == 9)
  }

  @Test func `goes on where it stopped, and comes to the same in any steps`() async throws {
    let ids = [
      "\(try await lead("One"))", "\(try await lead("Two"))", "\(LeadID(high: 9, low: 9))",
    ]
    for index in 0..<350 {
      try await record(ids[index % 3], "a\(index)", object: index % 7 == 0 ? "session" : "lead")
    }
    fixture.clock.advance(day * 11)
    try await record(ids[0], "young")
    try await fixture.changeNumbers()
    let retention = LogRetention(age: day * 10, size: .max)
    #expect(try await fixture.store.compactChanges(by: retention, [leads], as: .test))
    #expect(
      try await kept().contains { !$0.isPartial && $0.action != "young" },
      "one step is short"
    )
    fixture.store.close()
    let again = try StoreFixture(reopening: fixture)
    again.clock.advance(day * 11)
    try await compact(again.store)
    let expected = (0..<350).filter { $0 % 7 != 0 && $0 % 3 != 2 }.map { "a\($0)" } + ["young"]
    let left = try await kept(again.store)
    #expect(left.map(\.action) == expected)
    #expect(left.dropLast().allSatisfy { $0.isPartial && $0.after == [1] })
  }

  @Test func `keeps the history of a deleted record until it can come back no longer`() async throws
  {
    let id = try await lead("Here")
    try await record("\(id)", "create")
    try await delete(id)
    fixture.clock.advance(day * 11)
    try await record("session_1", object: "session")
    try await compact()
    #expect(try await kept().map(\.action) == ["create", "delete", "update"])
    fixture.clock.advance(DeletedRecord.lifetime - day * 11 - .seconds(1))
    try await compact()
    #expect(try await kept().map(\.action) == ["create", "delete", "update"])
    fixture.clock.advance(.seconds(1))
    try await compact()
    #expect(try await kept().map(\.action) == ["update"])
    let left = try await fixture.store.systemRead { transaction in
      try transaction.session.firstOwn("SELECT count(*) FROM main.mesh_deleted") { row in
        try row.next(Int.self)
      }
    }
    #expect(left == 0)
  }

  @Test func `keeps changes for consumers also when the record is gone for good`() async throws {
    let id = try await lead("Here")
    try await delete(id)
    fixture.clock.advance(DeletedRecord.lifetime)
    try await record("\(id)", "young")
    let numbers = try await fixture.changeNumbers()
    let retention = LogRetention(age: day * 365, size: .max)
    while try await fixture.store.compactChanges(by: retention, [leads], as: .test) {}
    #expect(try await fixture.store.purgeDeleted(after: nil, [leads], as: .test)?.isMore == false)
    #expect(try await fixture.store.changes(after: 0, max: 10).entries.map(\.sequence) == numbers)
  }
}

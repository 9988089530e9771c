import AccessAPI
import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTestScale
import MeshTesting
import Testing

@testable import AccessService

/// What a member may know of one change, as a test foresees it.
private struct Told: Hashable {
  let id: String
  let action: String
  /// Of a record that is still there.
  var etag: Etag?
}

/// One member's random changes to their own views, and what others may know of each.
private struct Maker {
  let call: Call
  let views: SavedViewsRPC
  var chance: SeededRandom
  var present: [SavedView] = []
  /// What everybody else hears, and what the maker hears.
  var open: [Told] = []
  var own: [Told] = []

  mutating func step() async throws {
    let chosen = present.indices.randomElement(using: &chance)
    switch (Int.random(in: 0..<10, using: &chance), chosen) {
    case (0..<4, _), (_, nil):
      // Often two at once, of which one is seen by all and one by nobody.
      let kinds = [[false, true], [true, false], [false], [true]]
      for shared in kinds.randomElement(using: &chance) ?? [] {
        let draft = SavedView(object: "lead", name: "View", shared: shared)
        let made = try await views.createSavedView(CreateSavedViewRequest(savedView: draft), call)
        present.append(made)
        note("create", made, wasOpen: false)
      }
    case (4..<9, let place?):
      let before = present[place]
      var draft = before
      var paths = ["name"]
      draft.name = "View \(Int.random(in: 0..<1_000_000, using: &chance))"
      if Bool.random(using: &chance) {
        draft.shared.toggle()
        paths.append("shared")
      }
      let request = UpdateSavedViewRequest(savedView: draft, updateMask: .init(paths: paths))
      present[place] = try await views.updateSavedView(request, call)
      note("update", present[place], wasOpen: before.shared)
    case (_, let place?):
      let gone = present.remove(at: place)
      _ = try await views.deleteSavedView(DeleteSavedViewRequest(id: gone.idText), call)
      own.append(Told(id: gone.idText, action: "delete"))
      if gone.shared { open.append(Told(id: gone.idText, action: "delete")) }
    }
  }

  private mutating func note(_ action: String, _ view: SavedView, wasOpen: Bool) {
    let told = Told(id: view.idText, action: action, etag: view.etag)
    own.append(told)
    if view.shared {
      open.append(told)
    } else if wasOpen {
      open.append(Told(id: view.idText, action: "gone"))
    }
  }
}

@Suite struct `Events of views that members make, share and hide at the same time` {
  @Test(arguments: TestScale.seeds(3, long: 60))
  func `reach those who could read the view at that change, and nobody else`(
    _ seed: UInt64
  ) async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    var chance = SeededRandom(seed: seed)
    var calls: [Call] = []
    for (number, role) in ["rep", "rep", "manager", "admin", "read_only"].enumerated() {
      let member = try await fixture.addMember("m\(number)@acme.example", role: role)
      calls.append(TestCaller.member(try #require(member.id), role, in: fixture.tenant))
    }
    let place = try await fixture.files.store.changes(after: 0, max: 1_000).position
    let makers = try await withThrowingTaskGroup(of: (Int, Maker).self) { group in
      for (number, call) in calls.prefix(3).enumerated() {
        let start = Maker(
          call: call,
          views: fixture.views,
          chance: SeededRandom(seed: chance.next())
        )
        group.addTask {
          var maker = start
          for _ in 0..<30 { try await maker.step() }
          return (number, maker)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    let heard = try await heard(fixture, since: place, calls, &chance)
    for (watcher, call) in calls.enumerated() {
      var expected: [Told] = []
      for (number, maker) in makers { expected += number == watcher ? maker.own : maker.open }
      let told = heard[watcher] ?? []
      #expect(Set(told) == Set(expected), "seed \(seed), \(call.caller.roles)")
      #expect(told.count == expected.count)
    }
  }

  /// What each watcher hears, judged in batches of any size.
  private func heard(
    _ fixture: AccessFixture,
    since place: Int64,
    _ calls: [Call],
    _ chance: inout SeededRandom
  ) async throws -> [Int: [Told]] {
    let watchers = calls.enumerated().map { Watcher(place: UInt32($0), call: $1) }
      .shuffled(using: &chance)
    let views = fixture.views.savedViews
    var heard: [Int: [Told]] = [:]
    var after = place
    while true {
      let batch = try await fixture.files.store.changes(
        after: after,
        max: Int.random(in: 1...20, using: &chance),
        objects: ["saved_view"]
      )
      if batch.entries.isEmpty { return heard }
      after = batch.position
      let seen = try await fixture.files.store.read(fixture.tenant) { transaction in
        try views.seen(batch.entries, by: watchers, in: transaction)
      }
      #expect(seen.many.isEmpty && seen.lost.isEmpty)
      for change in seen.changes {
        for watcher in change.watchers {
          let told = Told(id: change.id, action: change.action, etag: change.etag)
          heard[Int(watcher), default: []].append(told)
        }
      }
    }
  }
}

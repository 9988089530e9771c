import MeshLoop
import MeshTesting
import Testing

@testable import MeshCore
@testable import MeshStore

@LoopActor
@Suite struct `A write that others follow` {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func record(_ object: String) async throws {
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.record(Change(action: "create", object: object, id: "1"))
    }
  }

  @Test func `is answered once they have made it durable`() async throws {
    let followers = fixture.store.followers
    followers.patience = .seconds(600)
    _ = followers.pulled("leads", ["member"], after: 0)
    var isAnswered = false
    let writing = Task.immediate { @LoopActor in
      try await record("member")
      isAnswered = true
    }
    // It has been committed, and its follower has seen it: the answer still waits.
    let batch = try await fixture.store.changes(after: 0, max: 1, wait: .seconds(60))
    #expect(batch.entries.count == 1 && !isAnswered)
    _ = followers.pulled("leads", ["member"], after: batch.position)
    try await writing.value
    #expect(isAnswered && followers.missed == 0)
  }

  @Test func `waits for no one who follows something else, has left or is behind a reader`()
    async throws
  {
    let followers = fixture.store.followers
    _ = followers.pulled("leads", ["tenant"], after: 0)
    let pull = followers.pulled("gateway", ["member"], after: 0)
    followers.left("gateway", pull)
    try await record("member")
    #expect(followers.missed == 0)
    let old = followers.pulled("gateway", ["member"], after: 0)
    let new = followers.pulled("gateway", ["member"], after: 1)
    followers.left("gateway", old)
    #expect(followers.count == 2, "a pull that ended late is no farewell")
    followers.left("gateway", new)
    #expect(followers.count == 1)
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `waits for one that hangs once, and for no longer than it must`() async throws {
    let followers = fixture.store.followers
    _ = followers.pulled("stuck", ["member"], after: 0)
    let start = ContinuousClock.now
    try await record("member")
    let first = start.duration(to: .now)
    #expect(first >= followers.patience && followers.missed == 1)
    for _ in 0..<20 { try await record("member") }
    #expect(followers.missed == 1 && followers.count == 0)
    _ = followers.pulled("stuck", ["member"], after: 21)
    #expect(followers.count == 1)
  }
}

@LoopActor
@Suite struct `A write of one of several processes` {
  private let followers = ChangeFollowers(isShared: true)
  private let others = ChangeFollowers(isShared: true)

  /// Whether a write is answered before `answer` is called; returns once it is.
  private func isAnswered(_ sequence: Int64, by answer: () -> Void) async -> Bool {
    var isAnswered = false
    let writing = Task.immediate { @LoopActor in
      await followers.taken(sequence, of: ["member"])
      isAnswered = true
    }
    let wasAnswered = isAnswered
    answer()
    await writing.value
    return wasAnswered
  }

  @Test func `waits a tenth of a second for a follower that pulls from another, each time`() async {
    #expect(followers.patience == .milliseconds(100))
    followers.memory = .seconds(600)
    _ = followers.pulled("leads", ["member"], after: 0)
    for sequence in 1...3 {
      let start = ContinuousClock.now
      let wasAnswered = await isAnswered(Int64(sequence)) {
        _ = others.pulled("leads", ["member"], after: Int64(sequence))
      }
      #expect(!wasAnswered)
      #expect(start.duration(to: .now) >= .milliseconds(100))
      #expect(followers.missed == sequence && followers.count == 1)
    }
  }

  @Test func `is answered as soon as the follower pulls from its own process`() async {
    followers.patience = .seconds(600)
    _ = followers.pulled("leads", ["member"], after: 0)
    let wasAnswered = await isAnswered(1) {
      _ = followers.pulled("leads", ["member"], after: 1)
    }
    #expect(!wasAnswered && followers.missed == 0)
  }

  @Test func `waits no more for a follower that has not pulled from it for long`() async {
    followers.patience = .seconds(600)
    followers.memory = .zero
    _ = followers.pulled("leads", ["member"], after: 0)
    let wasAnswered = await isAnswered(1) {}
    #expect(wasAnswered && followers.count == 0)
  }
}

import ErrandsAPI
import ErrandsService
import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Testing

@testable import MeshService

/// Things that are only bytes, of two tenants.
private struct Things: SnapshotSource {
  let object = "thing"
  let records: [SnapshotEntry]

  func resources(
    after key: ReplicaKey?,
    in transaction: SystemReadTransaction,
    _ take: (SnapshotEntry) -> Bool
  ) {
    let rest = records.drop { record in key != nil && record.key != key }.dropFirst(
      key == nil ? 0 : 1
    )
    for record in rest where !take(record) { return }
  }
}

@LoopActor
@Suite struct `The change feed of a service` {
  private let opened: TestStore
  private let tenant: TenantID = IDGenerator.system.next()
  private let call = TestCaller.system("leads", in: nil)

  init() throws { opened = try TestStore("test", []) }

  private func feed(_ sources: [any SnapshotSource] = []) -> ChangeFeed {
    ChangeFeed(store: opened.store, sources: sources)
  }

  private func record(_ id: String, bytes: Int) async throws {
    try await opened.store.write(tenant, as: Author(actor: "system:test")) { transaction in
      try transaction.record(
        MeshStore.Change(
          action: "update",
          object: "thing",
          id: id,
          after: [UInt8](repeating: 7, count: bytes)
        )
      )
    }
  }

  private func things(_ count: Int, bytes: Int) -> Things {
    Things(
      records: (0..<count).map { index in
        SnapshotEntry(
          key: ReplicaKey(tenant: tenant, id: IDWords(high: 1, low: UInt64(index))),
          id: "thing_\(index)",
          record: [UInt8](repeating: 1, count: bytes)
        )
      }
    )
  }

  @Test func `fits each answer into a message, however large its changes are`() async throws {
    for index in 0..<10 {
      try await record("thing_\(index)", bytes: index == 4 ? 8 << 20 : 400_000)
    }
    var (seen, left): ([String], [String]) = ([], [])
    var request = PullRequest()
    while true {
      let page = try await feed().pull(request, call)
      #expect(page.wireBytes().count < 4 << 20)
      seen += page.changes.map(\.id)
      left += page.changes.filter { $0.tooLarge && $0.after.isEmpty }.map(\.id)
      if page.changes.isEmpty { break }
      request.cursor = page.cursor
    }
    #expect(seen == (0..<10).map { "thing_\($0)" })
    #expect(left == ["thing_4"])
  }

  @Test func `refuses what it is not to be asked`() async throws {
    let requests = [
      PullRequest(max: -1), PullRequest(max: 1_001), PullRequest(waitMilliseconds: 30_001),
      PullRequest(waitMilliseconds: .min), PullRequest(cursor: "x"),
      PullRequest(follower: String(repeating: "f", count: 201)),
    ]
    for request in requests {
      let error = await #expect(throws: MeshError.self) { try await feed().pull(request, call) }
      #expect(error?.code == .invalidArgument)
    }
    let others = [
      SnapshotRequest(objects: ["other"]), SnapshotRequest(objects: ["thing"], pageToken: "x"),
      SnapshotRequest(objects: Array(repeating: "thing", count: 17)),
    ]
    for request in others {
      let error = await #expect(throws: MeshError.self) {
        try await feed([things(1, bytes: 1)]).snapshot(request, call)
      }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test func `offers all records in parts, and where to go on from`() async throws {
    try await record("thing_0", bytes: 10)
    let feed = feed([things(10, bytes: 300_000)])
    var request = SnapshotRequest(objects: ["thing"])
    var ids: [String] = []
    var cursors: Set<String> = []
    var parts = 0
    repeat {
      let part = try await feed.snapshot(request, call)
      #expect(part.wireBytes().count < 2 << 20)
      ids += part.records.map(\.id)
      cursors.insert(part.cursor)
      parts += 1
      request.pageToken = part.nextPageToken
      // What changes meanwhile comes after the cursor.
      try await record("thing_\(parts)", bytes: 10)
    } while !request.pageToken.isEmpty
    #expect(ids == (0..<10).map { "thing_\($0)" } && parts == 4)
    #expect(cursors.count == 1)
    let page = try await feed.pull(PullRequest(cursor: cursors.first ?? ""), call)
    #expect(page.changes.map(\.id) == ["thing_1", "thing_2", "thing_3", "thing_4"])
  }

  @Test func `leaves out a record that is larger than a message`() async throws {
    let part = try await feed([things(1, bytes: 5 << 20)])
      .snapshot(SnapshotRequest(objects: ["thing"]), call)
    #expect(part.records.map(\.tooLarge) == [true] && part.records[0].record.isEmpty)
  }

  @Test func `offers a kind of record by its declaration, of every tenant`() async throws {
    let opened = try TestStore("errands", ErrandsService.migrations)
    let rounds = Records<Round>(opened.store, TestCaller.gate(ErrandsObjects.grants))
    let other: TenantID = IDGenerator.system.next()
    for (tenant, name) in [(tenant, "North"), (other, "South")] {
      let call = TestCaller.member(IDGenerator.system.next(), "manager", in: tenant)
      _ = try await rounds.create(
        Round(displayName: name),
        named: "round",
        Round(displayName: name),
        key: "",
        call
      )
    }
    let part = try await ChangeFeed(store: opened.store, sources: [rounds])
      .snapshot(SnapshotRequest(objects: ["round"]), call)
    let found = try part.records.map { "\($0.tenantId) \(try Round(wire: $0.record).displayName)" }
    #expect(Set(found) == ["\(tenant) North", "\(other) South"])
  }

  @Test func `waits for a follower while its pull waits, and not once that was given up`()
    async throws
  {
    let store = opened.store
    let request = PullRequest(waitMilliseconds: 30_000, objects: ["thing"], follower: "leads/1")
    let pulling = Task.immediate { @LoopActor in try await feed().pull(request, call) }
    // The pull reads the log on another thread first; a read after it comes back after it.
    #expect(store.followers.count == 0 || store.followers.count == 1)
    while store.followers.count == 0 { _ = try await store.deadLetterCount() }
    pulling.cancel()
    _ = await pulling.result
    #expect(store.followers.count == 0)
  }
}

import ErrandsAPI
import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import MeshService

private let author = Author(actor: "system:test")
private let log = Log(service: "test", level: .error)

@LoopActor
@Suite struct `A subscription of two processes` {
  /// What the two have asked the other service for, and which have come to the end of its log.
  @LoopActor
  private final class Calls {
    var counts = [0, 0]
    private(set) var atEnd: [Int] = []
    private var waiter: CheckedContinuation<Void, Never>?

    nonisolated init() {}

    func count(_ process: Int) { counts[process] += 1 }

    /// Waits for news that never come.
    func waitAtEnd(_ process: Int) async throws(MeshError) -> PullResponse {
      atEnd.append(process)
      waiter?.resume()
      waiter = nil
      await untilCancelled()
      throw .unavailable("cancelled")
    }

    /// Suspends until the end was reached so often.
    func ends(_ count: Int) async {
      while atEnd.count < count { await withCheckedContinuation { waiter = $0 } }
    }
  }

  private let other = OtherService()
  private let calls = Calls()
  private let tenant: TenantID = IDGenerator.system.next()
  private let errand: ErrandID = IDGenerator.system.next()

  /// Follows the other service as a service's process does.
  private func follow(_ store: Store, as process: Int) -> Task<Void, Never> {
    let (theirs, calls) = (other.feed(), calls)
    let feed = Feed(
      name: "errands",
      objects: ["errand"],
      log: log,
      pull: { (request, timeout) throws(MeshError) in
        calls.count(process)
        let page = try await theirs.pull(request, timeout)
        return page.changes.isEmpty ? try await calls.waitAtEnd(process) : page
      },
      snapshot: { (request) throws(MeshError) in
        calls.count(process)
        return try await theirs.snapshot(request)
      }
    )
    let reaction = Reaction(to: "errands", ["errand"]) { change, transaction in
      let title = try change.after.map { try Errand(wire: $0).title } ?? "-"
      try transaction.record(
        MeshStore.Change(action: change.action, object: "note", id: title)
      )
    }
    let runner = ReactionRunner(reaction, store, as: author, log: log)
    return Task.immediate { @LoopActor in
      await store.lease.whileHeld { await feed.run(runner) }
    }
  }

  @Test(.enabled(if: TestDatabase.isPostgreSQL))
  func `is followed by one of them, and by the other once that one has ended`() async throws {
    let folder = try TestFolder.make()
    defer { TestFolder.remove(folder) }
    let configuration = try TestDatabase.make("test", in: folder)
    let first = try Store(configuration: configuration, migrations: [])
    await first.lease.becomes(true)
    let second = try Store(configuration: configuration, migrations: [])
    other.change(tenant, errand, to: "first")
    let tasks = [follow(first, as: 0), follow(second, as: 1)]
    await calls.ends(1)
    #expect(calls.atEnd == [0] && calls.counts[0] > 0)
    #expect(calls.counts[1] == 0)
    other.change(tenant, errand, to: "second")
    tasks[0].cancel()
    await tasks[0].value
    first.close()
    await calls.ends(2)
    #expect(calls.atEnd == [0, 1])
    try await second.settle()
    let notes = try await second.changes(after: 0, max: 10).entries.map { "\($0.action) \($0.id)" }
    #expect(notes == ["snapshot first", "update second"], "each took effect once")
    tasks[1].cancel()
    await tasks[1].value
    second.close()
  }
}

import MeshAPI
import MeshCore
import MeshLoop
package import MeshStore

/// A type-erased replica.
package protocol Replicated: Sendable {
  var source: ReplicaSource { get }
  var unreadable: Int { get }

  /// Loads the stored records; without a database, reads all records from the other service.
  ///
  /// - Throws: when the database cannot be read; without one, when the other service has not sent
  ///   everything within 30 s.
  @LoopActor func start(_ runtime: ServiceRuntime) async throws

  /// Follows the changes until cancelled.
  @LoopActor func follow(_ runtime: ServiceRuntime) async
}

/// Stores records in the database with the position in their log, and then updates the values in
/// memory.
@LoopActor
struct StoredReplica<Value: Sendable>: FeedConsumer {
  let replica: Replica<Value>
  let store: Store
  let author: Author
  let log: Log

  var isCurrent: Bool { replica.isComplete }

  func position() async throws -> Int64 { try await store.position(in: replica.source.feed) }

  func take(_ page: PullResponse, after place: Int64) async throws {
    if page.position > place {
      let rows = replica.rows(of: page, log)
      let isNew = try await store.keep(
        rows,
        of: replica.source,
        upTo: page.position,
        as: author
      )
      // Values come only from durable records, and never go back to older ones.
      if isNew { replica.take(rows, log) }
    }
    if page.changes.isEmpty { replica.markComplete() }
  }

  /// Loads the stored records.
  func load() async throws {
    replica.take(try await store.kept(of: replica.source), log)
    if try await position() > 0 { replica.markComplete() }
  }
}

/// Holds values in memory only.
@LoopActor
struct MemoryReplica<Value: Sendable>: FeedConsumer {
  let replica: Replica<Value>
  let log: Log

  var isCurrent: Bool { replica.isComplete }

  func position() -> Int64 { replica.place }

  func take(_ page: PullResponse, after place: Int64) {
    replica.take(replica.rows(of: page, log), log)
    replica.advance(to: page.position)
    if page.changes.isEmpty { replica.markComplete() }
  }

  /// Reads all records.
  ///
  /// - Throws: when they are not complete after `limit`.
  func catchUp(_ feed: Feed, within limit: Duration) async throws(StartError) {
    let deadline = Deadline(after: limit)
    await feed.run(self) { !replica.isComplete && !deadline.hasPassed }
    guard replica.isComplete else {
      throw StartError(description: "the records of \(feed.name) cannot be read")
    }
  }
}

extension Replica: Replicated {
  package func start(_ runtime: ServiceRuntime) async throws {
    if let store = runtime.database {
      try await stored(store, runtime).load()
    } else if !isComplete {
      let memory = MemoryReplica(replica: self, log: runtime.log)
      try await memory.catchUp(feed(runtime), within: runtime.catchUpTime)
    }
  }

  package func follow(_ runtime: ServiceRuntime) async {
    if let store = runtime.database {
      await feed(runtime).run(stored(store, runtime))
    } else {
      await feed(runtime).run(MemoryReplica(replica: self, log: runtime.log))
    }
  }

  @LoopActor
  private func feed(_ runtime: ServiceRuntime) -> Feed {
    runtime.feed(source.feed, of: source.service, [source.object])
  }

  @LoopActor
  private func stored(_ store: Store, _ runtime: ServiceRuntime) -> StoredReplica<Value> {
    StoredReplica(replica: self, store: store, author: runtime.author, log: runtime.log)
  }
}

extension ServiceRuntime {
  /// Starts the replicas of a service.
  @LoopActor
  func start(_ replicas: [any Replicated]) async throws {
    let sources = Set(replicas.map(\.source))
    precondition(sources.count == replicas.count, "\(name) keeps two replicas of one object")
    for replica in replicas { try await replica.start(self) }
  }
}

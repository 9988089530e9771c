import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
package import MeshStore

/// A type-erased replica.
package protocol Replicated: Sendable {
  var source: ReplicaSource { get }
  var isComplete: Bool { get }
  var unreadable: Int { get }
  /// The place in the log up to which this process knows the records; nil before it does.
  var cursor: String? { get }

  /// Loads the stored records; without a database, reads all records from the other service.
  ///
  /// - Throws: when the database cannot be read; without one, when the other service has not sent
  ///   everything within 30 s.
  @LoopActor func start(_ runtime: ServiceRuntime) async throws

  /// Follows the changes until cancelled.
  @LoopActor func follow(_ runtime: ServiceRuntime) async

  /// Makes up for a change that was put aside, in a service with a database.
  @LoopActor func retry(_ letter: MeshStore.DeadLetter, _ runtime: ServiceRuntime) async throws
}

/// A replica as what may apply its dead letters.
struct ReplicaLetters: DeadLetterConsumer {
  let replica: any Replicated
  let runtime: ServiceRuntime

  var feed: String { replica.source.feed }

  func retry(_ letter: MeshStore.DeadLetter) async throws {
    try await replica.retry(letter, runtime)
  }
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

  var snapshotObjects: [String] { [replica.source.object] }

  func cursor() async throws -> String? { try await store.cursor(of: replica.source.feed) }

  func take(_ page: PullResponse, after cursor: String) async throws {
    // Another process stored the records so far; this one may not know them.
    if replica.cursor != cursor { try await load() }
    if page.cursor != cursor {
      let (changes, letters) = replica.changes(of: page.changes, log)
      let rows = try await store.keep(
        changes,
        letters: letters,
        of: replica.source,
        from: cursor,
        to: page.cursor,
        as: author,
        merge: replica.merge
      )
      // Nil when another process has taken the page: what it stored is loaded with the next one.
      guard let rows else { return }
      // Values come only from durable records, and never go back to older ones.
      replica.take(rows, log)
      replica.advance(to: page.cursor)
    }
    if page.changes.isEmpty { replica.markComplete() }
  }

  func beginSnapshot() { replica.beginSnapshot() }

  func take(_ part: SnapshotResponse) async throws {
    let messages = part.records.map { MeshAPI.Change($0, at: store.clock.now) }
    let rows = replica.changes(of: messages, log).changes.map(\.row)
    try await store.keep(rows, of: replica.source, as: author)
    replica.note(rows)
    replica.take(rows, log)
  }

  func endSnapshot(at cursor: String, instead before: String?) async throws {
    let gone = try await store.endSnapshot(
      of: replica.source,
      known: replica.snapshot,
      from: before,
      to: cursor,
      as: author
    )
    replica.beginSnapshot()
    if let gone { replica.take(gone, log) }
    replica.advance(to: cursor)
    replica.markComplete()
  }

  /// Loads the stored records.
  func load() async throws {
    // The place first: changes after it may be taken twice, but none is missed.
    let cursor = try await cursor()
    let rows = try await store.kept(of: replica.source)
    replica.beginSnapshot()
    replica.note(rows)
    replica.take(rows, log)
    replica.take(replica.beyondSnapshot, log)
    replica.beginSnapshot()
    replica.advance(to: cursor)
    if cursor != nil { replica.markComplete() }
  }
}

extension StoredReplica {
  /// Makes up for a change that was put aside and can be read now: all records are read again, as later
  /// changes may be newer than it.
  func retry(_ letter: MeshStore.DeadLetter) async throws {
    guard replica.change(try MeshAPI.Change(wire: letter.letter.change)) != nil else {
      throw MeshError.malformed("the change names no record of the kind, or lacks it")
    }
    try await store.beginAnew(replica.source, instead: letter.number, as: author)
  }
}

/// Holds values in memory only.
@LoopActor
struct MemoryReplica<Value: Sendable>: FeedConsumer {
  let replica: Replica<Value>
  let log: Log

  var isCurrent: Bool { replica.isComplete }

  var snapshotObjects: [String] { [replica.source.object] }

  func cursor() -> String? { replica.cursor }

  /// A partial change of a record, which is not held here whole, leads to a new snapshot.
  func take(_ page: PullResponse, after cursor: String) {
    let changes = replica.changes(of: page.changes, log).changes
    if changes.contains(where: { $0.partialBefore != nil }) {
      replica.advance(to: nil)
      return
    }
    replica.take(changes.map(\.row), log)
    replica.advance(to: page.cursor)
    if page.changes.isEmpty { replica.markComplete() }
  }

  func beginSnapshot() { replica.beginSnapshot() }

  func take(_ part: SnapshotResponse) {
    let messages = part.records.map { MeshAPI.Change($0, at: Timestamp(microseconds: 0)) }
    let rows = replica.changes(of: messages, log).changes.map(\.row)
    replica.note(rows)
    replica.take(rows, log)
  }

  func endSnapshot(at cursor: String, instead before: String?) {
    replica.take(replica.beyondSnapshot, log)
    replica.beginSnapshot()
    replica.advance(to: cursor)
    replica.markComplete()
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
    let memory = MemoryReplica(replica: self, log: runtime.log)
    guard let store = runtime.database else { return await feed(runtime).run(memory) }
    // One process stores the records for all that share the database; the others continue from what it stored.
    while !Task.isCancelled {
      await feed(runtime).run(stored(store, runtime)) { store.lease.isHeld }
      await feed(runtime).run(memory) { !store.lease.isHeld }
    }
  }

  package func retry(_ letter: MeshStore.DeadLetter, _ runtime: ServiceRuntime) async throws {
    try await stored(runtime.store, runtime).retry(letter)
  }

  @LoopActor
  private func feed(_ runtime: ServiceRuntime) -> Feed {
    runtime.feed(source.feed, of: source.service, [source.object], isFollower: true)
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

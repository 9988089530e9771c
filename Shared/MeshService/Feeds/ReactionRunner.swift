import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore

/// Applies reactions to another service's changes, each exactly once.
///
/// A change that cannot be applied is put aside, together with later changes of the same record, so that the effects
/// on a record keep their order and other records need not wait.
@LoopActor
final class ReactionRunner: FeedConsumer {
  /// How often a reaction may refuse a change, for a reason that may pass, before it is put aside: about half a
  /// minute.
  nonisolated static let mostAttempts = 20
  /// Changes taken in one transaction: so few that other writers wait only milliseconds.
  nonisolated static let mostTogether = 64

  let reaction: Reaction
  let store: Store
  let author: Author
  private let log: Log
  /// How often the change after this place has failed in a row.
  private var failures: (key: String, count: Int) = ("", 0)

  init(_ reaction: Reaction, _ store: Store, as author: Author, log: Log) {
    self.reaction = reaction
    self.store = store
    self.author = author
    self.log = log
  }

  /// Key of its place in the other service's log.
  nonisolated var feed: String { ([reaction.service] + reaction.objects).joined(separator: ":") }

  let isCurrent = true

  var snapshotObjects: [String] { reaction.start == .snapshot ? reaction.objects : [] }

  func cursor() async throws -> String? { try await store.cursor(of: feed) }

  // MARK: Changes

  func take(_ page: PullResponse, after cursor: String) async throws {
    var place = cursor
    for run in page.changes.runs(Self.mostTogether) {
      if await takeTogether(run, from: place) {
        place = run.last?.cursor ?? place
        continue
      }
      for message in run {
        try await take(message, from: place, to: message.cursor)
        place = message.cursor
      }
    }
    if page.cursor != place {
      try await store.advance(feed, from: place, to: page.cursor, as: author)
    }
  }

  /// Applies changes of one tenant in one transaction.
  ///
  /// - Returns: false when nothing was done: then one by one, to find the change that fails or was taken before.
  private func takeTogether(_ run: ArraySlice<MeshAPI.Change>, from: String) async -> Bool {
    let changes = run.compactMap { $0.tooLarge ? nil : ChangeEntry($0) }
    guard run.count > 1, changes.count == run.count, let tenant = changes.first?.tenant,
      let end = run.last?.cursor
    else { return false }
    let (apply, feed) = (reaction.apply, feed)
    let isTaken = try? await store.write(tenant, as: author) { transaction in
      guard try transaction.advance(feed, from: from, to: end) else { return false }
      for change in changes {
        if try transaction.hasDeadLetter(in: feed, change.object, change.id) { throw IsBehind() }
        try apply(change, transaction)
      }
      return true
    }
    if isTaken == true { failures = ("", 0) }
    return isTaken == true
  }

  /// A change waits for an earlier one of its record that was put aside.
  private struct IsBehind: Error {}

  private func take(_ message: MeshAPI.Change, from: String, to: String) async throws {
    try await attempt(message, key: to) { transaction in
      try transaction.advance(self.feed, from: from, to: to)
    } skip: { transaction in
      try transaction.advance(self.feed, from: from, to: to)
    }
  }

  // MARK: Snapshots

  func beginSnapshot() {}

  func take(_ part: SnapshotResponse) async throws {
    for record in part.records {
      try await attempt(MeshAPI.Change(record, at: store.clock.now), key: record.id) { _ in
        true
      } skip: { _ in
        true
      }
    }
  }

  func endSnapshot(at cursor: String, instead before: String?) async throws {
    try await store.advance(feed, from: before, to: cursor, as: author)
  }

  // MARK: One change

  /// Applies a change, or puts it aside.
  ///
  /// - Parameters:
  ///   - message: the change.
  ///   - key: tells it from others, to count its failures.
  ///   - begin: takes it in the transaction of its effect; false when it was taken before.
  ///   - skip: the same in a transaction that puts it aside.
  /// - Throws: an error that may pass; the change is delivered again.
  private func attempt(
    _ message: MeshAPI.Change,
    key: String,
    begin: @escaping @Sendable (WriteTransaction) throws -> Bool,
    skip: @escaping @Sendable (SystemWriteTransaction) throws -> Bool
  ) async throws {
    guard let change = ChangeEntry(message), !message.tooLarge else {
      let reason =
        message.tooLarge ? "the change is too large for a message" : "the change is malformed"
      try await bury(message, reason, attempts: 1, skip)
      return
    }
    let apply = reaction.apply
    let behind = letter(message, "an earlier change of the record is on the list", attempts: 0)
    do {
      try await store.write(change.tenant, as: author) { transaction in
        guard try begin(transaction) else { return }
        if try transaction.hasDeadLetter(in: behind.feed, change.object, change.id) {
          try transaction.bury(behind)
          return
        }
        do {
          try apply(change, transaction)
        } catch let error where !(error is StoreError) {
          throw EffectFailed(cause: error)
        }
      }
      failures = ("", 0)
    } catch {
      let refusal = (error as? EffectFailed)?.cause
      // A store that is down or full says nothing about the change, however long that lasts.
      if refusal == nil, error.mayPass { throw error }
      let cause = refusal ?? error
      failures = (key, failures.key == key ? failures.count + 1 : 1)
      guard !cause.mayPass || failures.count >= Self.mostAttempts else { throw cause }
      try await bury(message, LogValue.text(of: cause), attempts: failures.count, skip)
      failures = ("", 0)
    }
  }

  private func bury(
    _ message: MeshAPI.Change,
    _ error: String,
    attempts: Int,
    _ skip: @escaping @Sendable (SystemWriteTransaction) throws -> Bool
  ) async throws {
    let letter = letter(message, error, attempts: attempts)
    try await store.systemWrite(as: author) { transaction in
      if try skip(transaction) { try transaction.bury(letter) }
    }
    log.error(
      "change_put_aside",
      ["feed": .word(feed), "record": .id(message.id), "error": .word(error)]
    )
  }

  private func letter(_ message: MeshAPI.Change, _ error: String, attempts: Int) -> NewDeadLetter {
    NewDeadLetter(message, of: feed, error: error, attempts: attempts)
  }

  /// Follows until cancelled.
  func follow(_ runtime: ServiceRuntime) async { await source(in: runtime).run(self) }

  /// The changes that it takes; the other service answers whoever made one once it has taken effect here, unless the
  /// reaction says otherwise.
  func source(in runtime: ServiceRuntime) -> Feed {
    runtime.feed(feed, of: reaction.service, reaction.objects, isFollower: reaction.isAwaited)
  }
}

extension ReactionRunner: DeadLetterConsumer {
  func retry(_ letter: MeshStore.DeadLetter) async throws {
    let message = try MeshAPI.Change(wire: letter.letter.change)
    guard let change = ChangeEntry(message), !message.tooLarge else {
      throw MeshError.malformed("the change is malformed or too large for a message")
    }
    let (apply, feed) = (reaction.apply, feed)
    try await store.give(letter, to: change.tenant, as: author)
    try await store.write(change.tenant, as: author) { transaction in
      guard try transaction.removeDeadLetter(letter.number) else { return }
      let isBehind = try transaction.hasDeadLetter(
        in: feed,
        change.object,
        change.id,
        before: letter.number
      )
      guard !isBehind else {
        throw MeshError.failedPrecondition("an earlier change of the record is on the list")
      }
      try apply(change, transaction)
    }
  }
}

extension NewDeadLetter {
  init(_ message: MeshAPI.Change, of feed: String, error: String, attempts: Int) {
    self.init(
      feed: feed,
      tenant: TenantID(message.tenantId),
      object: message.object,
      id: message.id,
      change: message.wireBytes(),
      error: error,
      attempts: attempts
    )
  }
}

extension [MeshAPI.Change] {
  /// The changes in their order, with consecutive ones of a tenant together, up to `most`.
  func runs(_ most: Int) -> [ArraySlice<MeshAPI.Change>] {
    var runs: [ArraySlice<MeshAPI.Change>] = []
    for (index, change) in enumerated() {
      if let last = runs.last, last.count < most, last.first?.tenantId == change.tenantId {
        runs[runs.count - 1] = self[last.startIndex...index]
      } else {
        runs.append(self[index...index])
      }
    }
    return runs
  }
}

extension MeshAPI.Change {
  /// A record of a snapshot, as a reaction takes it.
  init(_ record: MeshAPI.SnapshotRecord, at now: Timestamp) {
    self.init(
      tenantId: record.tenantId,
      action: "snapshot",
      object: record.object,
      id: record.id,
      after: record.record,
      time: now,
      tooLarge: record.tooLarge
    )
  }
}

extension Error {
  /// Whether the same may succeed later, without anyone doing anything about it.
  var mayPass: Bool {
    if self is CancellationError { return true }
    guard let error = MeshError.clientError(for: self) else { return false }
    return switch error.code {
    case .unavailable, .deadlineExceeded, .cancelled, .aborted: true
    default: false
    }
  }
}

extension ServiceRuntime {
  /// The author of changes made in reaction to another service's.
  var author: Author { Author(actor: "system:\(name)") }
}

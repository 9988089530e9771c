package import MeshCore
import MeshLoop
import MeshProto
package import MeshRecords
package import MeshStore

/// Runs operations on many records in the background: one batch each, the tenants in turn.
@LoopActor
final class OperationRunner {
  private struct Job: Hashable {
    let tenant: TenantID
    let id: IDWords
  }

  /// How often it looks for operations that were not announced here, such as those that other processes started.
  private static let pause = Duration.seconds(5)

  private let worker: OperationWorker
  private let store: Store
  private let log: Log
  private let queue = WorkQueue<Job> { $0.tenant }

  init(_ collections: [any RecordCollection], _ store: Store, _ log: Log) {
    worker = OperationWorker(collections, store)
    self.store = store
    self.log = log
    for collection in collections {
      collection.operations.follow { [queue] tenant, id in
        Loop.shared.enqueue { queue.add(Job(tenant: tenant, id: id)) }
      }
    }
  }

  /// Runs until cancelled; resumes the operations that were running when the process ended.
  func run() async {
    await queue.run(
      first: {
        try await self.store.systemRead { try $0.openOperations() }
          .map { Job(tenant: $0.tenant, id: $0.id) }
      },
      again: store.lookAgain ?? Self.pause,
      step: { try await self.worker.step($0.id, of: $0.tenant) },
      failed: { job, error in
        self.log.warning(
          "operation_step_failed",
          ["operation": .id(job.id.typeIDSuffix), "error": .cause(error)]
        )
      },
      notResumed: { self.log.warning("operations_not_resumed", ["error": .cause($0)]) }
    )
  }
}

/// Works through operations, one batch at a time; progress is stored.
package struct OperationWorker: Sendable {
  /// How often a step is tried in a row when what was foreseen has changed by the time of its transaction.
  private static let mostTries = 3

  private let collections: [any RecordCollection]
  private let store: Store

  package init(_ collections: [any RecordCollection], _ store: Store) {
    self.collections = collections
    self.store = store
  }

  /// Processes the next records of an operation.
  ///
  /// - Returns: whether there are more.
  /// - Throws: an error that no single record caused; nothing was changed, and the step can be
  ///   retried.
  @LoopActor
  package func step(_ id: IDWords, of tenant: TenantID) async throws -> Bool {
    for _ in 1..<Self.mostTries {
      do {
        return try await step(id, of: tenant, isLastTry: false)
      } catch let error as MeshError where error.code == .aborted {
        continue
      }
    }
    return try await step(id, of: tenant, isLastTry: true)
  }

  @LoopActor
  private func step(_ id: IDWords, of tenant: TenantID, isLastTry: Bool) async throws -> Bool {
    let now = store.clock.now
    let found = try await store.read(tenant, priority: .background) {
      try $0.operation(id, at: now)
    }
    guard let operation = found,
      operation.isOpen,
      let collection = collections.first(where: { $0.kind.object == operation.object })
    else { return false }
    let advance = try await collection.foresee(operation, tenant, isLastTry: isLastTry)
    let lock = collection.lock
    let isMore = try await store.write(
      tenant,
      as: operation.author,
      lock: lock,
      priority: .background
    ) { transaction in
      guard let present = try transaction.operation(id, at: transaction.now), present.isOpen else {
        return false
      }
      return try advance(present, transaction).isOpen
    }
    collection.committed(tenant)
    return isMore
  }
}

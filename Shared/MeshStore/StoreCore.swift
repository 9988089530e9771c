import MeshCore
import Synchronization

/// What the threads of a store and its callers share.
final class StoreCore: Sendable {
  let configuration: StoreConfiguration
  let clock: Clock
  let ids: IDGenerator
  let writes: RequestQueue
  let reads: RequestQueue
  let metrics = StoreMeter()
  let news: ChangeNews
  /// Of the change log.
  let epoch: UInt64
  let followers: ChangeFollowers
  let lease: WorkLease
  /// Whether the last write found no room on the disk.
  let lacksRoom = Atomic(false)
  /// Signs page tokens; kept in the store, so that they outlive the process.
  let pageKey: [UInt8]

  init(
    _ configuration: StoreConfiguration,
    clock: Clock,
    ids: IDGenerator,
    _ opened: OpenedStore
  ) {
    self.configuration = configuration
    self.clock = clock
    self.ids = ids
    epoch = opened.epoch
    pageKey = opened.pageKey
    let (capacity, threads) = (configuration.queueCapacity, configuration.threads)
    writes = RequestQueue(capacity: capacity, threads: threads.writers)
    // A tenant's exports take one reader at most, so that its lists have the others.
    reads = RequestQueue(capacity: capacity, threads: threads.readers, mostInBackground: 1)
    news = ChangeNews(opened.lastChange)
    followers = ChangeFollowers(isShared: configuration.isShared)
    lease = WorkLease(isHeld: !configuration.isShared)
  }

  func session(_ connection: any StoreConnection, author: Author?) -> StoreSession {
    StoreSession(
      connection,
      author: author,
      clock: clock,
      ids: ids,
      pageKey: pageKey,
      service: configuration.service,
      planned: configuration.planned
    )
  }
}

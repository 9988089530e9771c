import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore

/// The service's change log, for the other services of the mesh.
struct ChangeFeed: ChangesHandlers {
  let store: Store
  /// The records that it offers in snapshots.
  let sources: [any SnapshotSource]

  private static let defaultCount: Int32 = 256
  private static let longestWait: Int32 = 30_000
  private static let mostObjects = 16
  private static let longestFollower = 200
  /// The most bytes of changes or records in one response, unless the first alone has more.
  static let pageBytes = 1 << 20
  /// The most bytes of a change or record that is sent at all: a gRPC message has 4 MiB at most.
  static let largestEntry = 3 << 20

  @LoopActor
  func pull(_ request: PullRequest, _ call: Call) async throws -> PullResponse {
    guard (0...1_000).contains(request.max) else {
      throw MeshError.invalid("max", "must be from 0 to 1,000")
    }
    guard (0...Self.longestWait).contains(request.waitMilliseconds) else {
      throw MeshError.invalid("wait_milliseconds", "must be from 0 to 30,000")
    }
    guard request.follower.utf8.count <= Self.longestFollower else {
      throw MeshError.invalid("follower", "must have at most \(Self.longestFollower) bytes")
    }
    let place = try await store.position(of: request.cursor)
    let batch = try await asFollower(request, call, at: place) {
      try await store.changes(
        after: place,
        max: Int(request.max == 0 ? Self.defaultCount : request.max),
        upTo: Self.pageBytes,
        objects: request.objects,
        wait: .milliseconds(Int(request.waitMilliseconds))
      )
    }
    return PullResponse(
      changes: batch.entries.map { MeshAPI.Change($0, cursor: store.cursor(after: $0.sequence)) },
      cursor: store.cursor(after: batch.position)
    )
  }

  @LoopActor
  func measure(_ request: MeasureRequest, _ call: Call) async throws -> MeasureResponse {
    let place = try await store.position(of: request.cursor)
    let distance = try await store.distance(after: place, objects: request.objects)
    return MeasureResponse(
      changes: Int32(clamping: distance.changes),
      more: distance.isMore,
      oldestTime: distance.oldestTime
    )
  }

  /// Makes writes wait for the caller for as long as it follows.
  @LoopActor
  private func asFollower(
    _ request: PullRequest,
    _ call: Call,
    at place: Int64,
    _ pull: () async throws -> ChangeBatch
  ) async throws -> ChangeBatch {
    guard !request.follower.isEmpty else { return try await pull() }
    let name = "\(call.caller.actor)/\(request.follower)"
    let ticket = store.followers.pulled(name, request.objects, after: place)
    do {
      let batch = try await pull()
      if Task.isCancelled { store.followers.left(name, ticket) }
      return batch
    } catch {
      store.followers.left(name, ticket)
      throw error
    }
  }

  @LoopActor
  func snapshot(_ request: SnapshotRequest, _ call: Call) async throws -> SnapshotResponse {
    guard request.objects.count <= Self.mostObjects else {
      throw MeshError.invalid("objects", "must have at most \(Self.mostObjects) entries")
    }
    let wanted = try request.objects.map { object in
      guard let source = sources.first(where: { $0.object == object }) else {
        throw MeshError.invalid("objects", "must be objects whose records this service keeps")
      }
      return source
    }
    let page = try await store.snapshot(
      of: wanted,
      token: request.pageToken,
      upTo: Self.pageBytes
    )
    return SnapshotResponse(
      records: page.records.map { object, record in
        let isTooLarge = record.record.count > Self.largestEntry
        return MeshAPI.SnapshotRecord(
          tenantId: record.key.tenant.description,
          object: object,
          id: record.id,
          record: isTooLarge ? [] : record.record,
          tooLarge: isTooLarge
        )
      },
      nextPageToken: page.nextToken,
      cursor: page.cursor
    )
  }
}

extension MeshAPI.Change {
  init(_ entry: ChangeEntry, cursor: String) {
    let isTooLarge = entry.byteCount > ChangeFeed.largestEntry
    self.init(
      cursor: cursor,
      tenantId: entry.tenant.description,
      actor: entry.actor,
      onBehalfOf: entry.onBehalfOf ?? "",
      action: entry.action,
      object: entry.object,
      id: entry.id,
      before: isTooLarge ? [] : entry.before ?? [],
      after: isTooLarge ? [] : entry.after ?? [],
      requestId: entry.requestID,
      address: entry.address,
      agent: entry.agent,
      time: entry.time,
      partial: entry.isPartial,
      tooLarge: isTooLarge
    )
  }
}

extension ChangeEntry {
  /// A change from another service's feed, without its place there; nil when it is malformed.
  init?(_ message: MeshAPI.Change) {
    guard let tenant = TenantID(message.tenantId),
      let time = message.time
    else { return nil }
    let isNew = message.action == "create" || message.action == "snapshot"
    self.init(
      sequence: 0,
      tenant: tenant,
      actor: message.actor,
      onBehalfOf: message.onBehalfOf.isEmpty ? nil : message.onBehalfOf,
      change: MeshStore.Change(
        action: message.action,
        object: message.object,
        id: message.id,
        before: isNew ? nil : message.before,
        after: message.action == "delete" ? nil : message.after,
        isPartial: message.partial
      ),
      requestID: message.requestId,
      address: message.address,
      agent: message.agent,
      time: time
    )
  }
}

import MeshAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore

/// What members may learn at once about changes to a service's records, for the gateway's event streams.
///
/// Each change is checked where the record is stored, by the same scopes as any read of it.
struct LiveChanges: LiveChangesHandlers {
  let store: Store
  let records: [any RecordCollection]
  let access: AccessGate

  /// The only caller.
  private static let caller = CallerIdentity.system("gateway")
  private static let longestWait: Int32 = 30_000
  private static let mostWatchers = 10_000
  /// How far back, in changes of all tenants, `until` may reach: beyond that it is cheaper to read a page again
  /// than the changes to it.
  private static let longestReach: Int64 = 20_000

  @LoopActor
  func watch(_ request: WatchRequest, _ call: Call) async throws -> WatchResponse {
    guard call.caller.identity == Self.caller else {
      throw MeshError.permissionDenied("only the gateway may watch for members")
    }
    guard (0...Self.longestWait).contains(request.waitMilliseconds) else {
      throw MeshError.invalid("wait_milliseconds", "must be from 0 to 30,000")
    }
    let watchers = try watchers(request)
    if request.cursor.isEmpty { return WatchResponse(cursor: store.sealedEnd) }
    var place = try store.position(ofSealed: request.cursor)
    let end = try request.until.isEmpty ? nil : store.position(ofSealed: request.until)
    // Numbers of changes grow by more than one.
    let reach = Self.longestReach
    if let end, end - place > reach, try await store.hasChanges(beyond: reach, from: place, to: end)
    {
      throw MeshError.failedPrecondition("the cursor lies too far back", reason: .foreignCursor)
    }
    let deadline = Deadline(after: .milliseconds(Int(request.waitMilliseconds)))
    let wanted = WatchedChanges(
      tenants: Set(watchers.keys),
      objects: Set(records.map(\.kind.object))
    )
    while true {
      let batch = try await store.changes(
        after: place,
        until: end,
        wanted,
        wait: end == nil ? deadline.remaining : .zero
      )
      place = batch.position
      var response = try await seen(batch.entries, by: watchers)
      if !response.isEmpty || end != nil || deadline.hasPassed || Task.isCancelled
        || store.isClosing
      {
        response.cursor = store.sealedCursor(after: place)
        return response
      }
    }
  }

  /// The members of a request, with their present roles.
  private func watchers(_ request: WatchRequest) throws(MeshError) -> [TenantID: [Watcher]] {
    var found: [TenantID: [Watcher]] = [:]
    var count = 0
    for group in request.watchers {
      guard count + group.memberIds.count <= Self.mostWatchers else {
        throw .invalid("watchers", "must have at most 10,000 members")
      }
      guard let tenant = TenantID(group.tenantId) else {
        throw .invalid("watchers.tenant_id", "must be the id of a tenant")
      }
      for text in group.memberIds {
        guard let member = MemberID(text) else {
          throw .invalid("watchers.member_ids", "must be ids of members")
        }
        let caller = try access.current(Caller(tenant: tenant, identity: .member(member)))
        let watcher = Watcher(place: UInt32(count), call: Call(caller: caller))
        found[tenant, default: []].append(watcher)
        count += 1
      }
    }
    return found
  }

  // MARK: Checking

  /// What the watchers may learn from a page of the log.
  @LoopActor
  private func seen(
    _ entries: [ChangeEntry],
    by watchers: [TenantID: [Watcher]]
  ) async throws -> WatchResponse {
    var response = WatchResponse()
    var changes: [MeshRecords.SeenChange] = []
    for (tenant, entries) in Dictionary(grouping: entries, by: \.tenant) {
      guard let watchers = watchers[tenant] else { continue }
      let byObject = Dictionary(grouping: entries, by: \.object)
      let records = records
      let found = try await store.read(tenant) { transaction in
        try records.compactMap { kind in
          try byObject[kind.object].map { entries in
            (kind.object, try kind.seen(entries, by: watchers, in: transaction))
          }
        }
      }
      for (object, seen) in found {
        changes += seen.changes
        response.lost += seen.lost
        add(object, seen.many, to: &response)
        addChildren(of: object, seen.moved, among: watchers, to: &response)
      }
    }
    // Changes to records of several kinds stay in their order.
    response.changes = changes.sorted { $0.sequence < $1.sequence }.map { MeshAPI.SeenChange($0) }
    return response
  }

  /// Reports that records below one that appeared or disappeared may have done so with it.
  private func addChildren(
    of object: String,
    _ moved: [UInt32],
    among watchers: [Watcher],
    to response: inout WatchResponse
  ) {
    if moved.isEmpty { return }
    for child in records where child.kind.parents.contains(where: { $0.object == object }) {
      let affected = watchers.filter { moved.contains($0.place) && child.may(.read, $0.call) }
      add(child.object, affected.map(\.place), to: &response)
      if child.object == object { continue }
      addChildren(of: child.object, moved, among: watchers, to: &response)
    }
  }

  private func add(_ object: String, _ watchers: [UInt32], to response: inout WatchResponse) {
    if !watchers.isEmpty {
      response.many.append(ManyChanges(object: object, watchers: watchers))
    }
  }
}

extension WatchResponse {
  fileprivate var isEmpty: Bool { changes.isEmpty && many.isEmpty && lost.isEmpty }
}

extension MeshAPI.SeenChange {
  fileprivate init(_ change: MeshRecords.SeenChange) {
    self.init(
      object: change.object,
      id: change.id,
      etag: change.etag?.description ?? "",
      action: change.action,
      fields: change.fields,
      watchers: change.watchers
    )
  }
}

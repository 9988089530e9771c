import ErrandsAPI
import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import TypeAPI

@testable import MeshService

/// The service of errands, of which only the change log is seen, in pages of two; it can be down, and be
/// restored.
@LoopActor
final class OtherService {
  private(set) var changes: [Change] = []
  /// What it was asked for.
  private(set) var requests: [PullRequest] = []
  private(set) var snapshots = 0
  /// So many calls fail.
  var failures = 0
  /// Pages of more changes are too large to be sent.
  var largestPage = Int32.max
  /// Changes that it gives at a time.
  var pageSize = 2
  private var epoch = 1
  private var records: [String: (tenant: TenantID, record: [UInt8])] = [:]

  nonisolated init() {}

  /// The cursor at the end of its log.
  var end: String { cursor(changes.count) }

  func cursor(_ count: Int) -> String { "\(epoch).\(count)" }

  func feed(follower: String = "") -> Feed {
    Feed(
      name: "errands",
      objects: ["errand"],
      follower: follower,
      log: Log(service: "test", level: .error),
      pull: { (request, _) throws(MeshError) in try self.pull(request) },
      snapshot: { (request) throws(MeshError) in try self.snapshot(request) }
    )
  }

  /// Logs that an errand is so from now on; nil is gone.
  func change(_ tenant: TenantID, _ id: ErrandID, to title: String?) {
    log(tenant, "\(id)", title.map { Errand(id: id, title: $0).wireBytes() })
  }

  /// Logs a change of any bytes; nil is a deletion.
  func log(_ tenant: TenantID, _ id: String, _ bytes: [UInt8]?, tooLarge: Bool = false) {
    records[id] = bytes.map { (tenant, $0) }
    log(
      Change(
        tenantId: "\(tenant)",
        action: bytes == nil ? "delete" : "update",
        object: "errand",
        id: id,
        after: bytes ?? [],
        tooLarge: tooLarge
      )
    )
  }

  /// Logs a change as it is, whose record stays as it was.
  func log(_ change: Change) {
    var change = change
    change.cursor = cursor(changes.count + 1)
    change.time = Timestamp(microseconds: 1)
    changes.append(change)
  }

  /// Is restored to a state of these records, with a log of its own.
  func restore(_ kept: Set<ErrandID>) {
    epoch += 1
    changes = []
    let ids = Set(kept.map { "\($0)" })
    records = records.filter { ids.contains($0.key) }
  }

  private func pull(_ request: PullRequest) throws(MeshError) -> PullResponse {
    requests.append(request)
    try fail()
    if request.max > largestPage { throw .tooLarge("the answer is too large") }
    return try page(after: request.cursor)
  }

  func page(after cursor: String) throws(MeshError) -> PullResponse {
    let parts = cursor.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 2, parts[0] == epoch, parts[1] <= changes.count else {
      throw .failedPrecondition("another log", reason: .foreignCursor)
    }
    let page = changes.dropFirst(parts[1]).prefix(pageSize)
    return PullResponse(changes: Array(page), cursor: page.last?.cursor ?? cursor)
  }

  private func snapshot(_ request: SnapshotRequest) throws(MeshError) -> SnapshotResponse {
    try fail()
    if request.pageToken.isEmpty { snapshots += 1 }
    if request.objects.isEmpty { return SnapshotResponse(cursor: end) }
    let ids = records.keys.sorted().drop { $0 <= request.pageToken }
    let part = ids.prefix(2).compactMap { id in
      records[id].map { tenant, record in
        SnapshotRecord(tenantId: "\(tenant)", object: "errand", id: id, record: record)
      }
    }
    return SnapshotResponse(
      records: part,
      nextPageToken: ids.count > 2 ? part.last?.id ?? "" : "",
      cursor: end
    )
  }

  private func fail() throws(MeshError) {
    guard failures > 0 else { return }
    failures -= 1
    throw .unavailable("down")
  }
}

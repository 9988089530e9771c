import MeshAPI
import MeshCore
import MeshLoop

/// A service's log, which tells all viewers of a tenant of each change.
@LoopActor
final class FakeLog {
  private struct Entry {
    let tenant: TenantID
    let change: SeenChange
  }

  /// Another one makes earlier cursors foreign.
  var epoch = 1
  var isDown = false
  private(set) var requests: [WatchRequest] = []
  private var entries: [Entry] = []
  private var waiting: [CheckedContinuation<Void, Never>] = []

  nonisolated init() {}

  /// Calls that wait for news.
  var waitingCount: Int { waiting.count }

  func change(_ id: String, _ tenant: TenantID, action: String = "update") {
    let isGone = action == "gone" || action == "delete"
    let change = SeenChange(
      object: "lead",
      id: id,
      etag: isGone ? "" : "2",
      action: action,
      fields: isGone ? [] : ["status"]
    )
    entries.append(Entry(tenant: tenant, change: change))
    wakeAll()
  }

  /// Lets all that wait look again.
  func wakeAll() {
    let woken = waiting
    waiting = []
    for continuation in woken { continuation.resume() }
  }

  func answer(_ request: WatchRequest) async throws(MeshError) -> WatchResponse {
    requests.append(request)
    if isDown { throw .unavailable("down") }
    if request.cursor.isEmpty { return WatchResponse(cursor: cursor(entries.count)) }
    let start = try position(request.cursor)
    if !request.until.isEmpty { return response(request, start, try position(request.until)) }
    while entries.count == start {
      await wait()
      if Task.isCancelled {
        throw MeshError(code: .cancelled, reason: .cancelled, message: "cancelled")
      }
      if isDown { throw .unavailable("down") }
      _ = try position(request.cursor)
    }
    return response(request, start, entries.count)
  }

  private func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiting.append($0) }
    } onCancel: {
      Loop.shared.enqueue { self.wakeAll() }
    }
  }

  private func response(_ request: WatchRequest, _ start: Int, _ end: Int) -> WatchResponse {
    var response = WatchResponse(cursor: cursor(end))
    for entry in entries[start..<max(start, end)] {
      var change = entry.change
      var place: UInt32 = 0
      for group in request.watchers {
        let count = UInt32(group.memberIds.count)
        if group.tenantId == entry.tenant.description {
          change.watchers += Array(place..<place + count)
        }
        place += count
      }
      if !change.watchers.isEmpty { response.changes.append(change) }
    }
    return response
  }

  private func cursor(_ place: Int) -> String { "\(epoch)-\(place)" }

  private func position(_ cursor: String) throws(MeshError) -> Int {
    let parts = cursor.split(separator: "-")
    guard parts.count == 2, parts[0] == "\(epoch)", let place = Int(parts[1]),
      cursor == self.cursor(place), place <= entries.count
    else {
      throw .failedPrecondition("not of this log", reason: .foreignCursor)
    }
    return place
  }
}

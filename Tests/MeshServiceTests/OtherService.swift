import ErrandsAPI
import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import TypeAPI

@testable import MeshService

/// The service of errands, of which only the change log is seen, in pages of two; it can be down.
@LoopActor
final class OtherService {
  private(set) var changes: [Change] = []
  /// What it was asked for.
  private(set) var requests: [PullRequest] = []
  /// So many calls fail.
  var failures = 0

  nonisolated init() {}

  func feed() -> Feed {
    Feed(
      name: "errands",
      objects: ["errand"],
      log: Log(service: "test", level: .error)
    ) { (request, _) throws(MeshError) in try self.pull(request) }
  }

  /// Logs that an errand is so from now on; nil is gone.
  func change(_ tenant: TenantID, _ id: ErrandID, to title: String?) {
    log(tenant, "\(id)", title.map { Errand(id: id, title: $0).wireBytes() })
  }

  /// Logs a change of any bytes; nil is a deletion.
  func log(_ tenant: TenantID, _ id: String, _ bytes: [UInt8]?) {
    changes.append(
      Change(
        // Between these, other kinds of record have changed.
        sequence: Int64(changes.count * 10 + 1),
        tenantId: "\(tenant)",
        action: bytes == nil ? "delete" : "update",
        object: "errand",
        id: id,
        after: bytes ?? [],
        time: Timestamp(microseconds: 1)
      )
    )
  }

  private func pull(_ request: PullRequest) throws(MeshError) -> PullResponse {
    requests.append(request)
    if failures > 0 {
      failures -= 1
      throw .unavailable("down")
    }
    return page(after: request.after)
  }

  func page(after place: Int64) -> PullResponse {
    let page = changes.filter { $0.sequence > place }.prefix(2)
    return PullResponse(changes: Array(page), position: page.last?.sequence ?? place)
  }
}

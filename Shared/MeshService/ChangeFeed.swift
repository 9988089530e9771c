import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore

/// The service's change log, for the other services of the mesh.
struct ChangeFeed: ChangesHandlers {
  let store: Store

  private static let defaultCount: Int32 = 256
  private static let longestWait: Int32 = 30_000

  @LoopActor
  func pull(_ request: PullRequest, _ call: Call) async throws -> PullResponse {
    guard request.after >= 0 else { throw MeshError.invalid("after", "must be at least 0") }
    guard (0...1_000).contains(request.max) else {
      throw MeshError.invalid("max", "must be from 0 to 1,000")
    }
    guard (0...Self.longestWait).contains(request.waitMilliseconds) else {
      throw MeshError.invalid("wait_milliseconds", "must be from 0 to 30,000")
    }
    let batch = try await store.changes(
      after: request.after,
      max: Int(request.max == 0 ? Self.defaultCount : request.max),
      objects: request.objects,
      wait: .milliseconds(Int(request.waitMilliseconds))
    )
    return PullResponse(
      changes: batch.entries.map { MeshAPI.Change($0) },
      position: batch.position
    )
  }
}

extension MeshAPI.Change {
  init(_ entry: ChangeEntry) {
    self.init(
      sequence: entry.sequence,
      tenantId: entry.tenant.description,
      actor: entry.actor,
      onBehalfOf: entry.onBehalfOf ?? "",
      action: entry.action,
      object: entry.object,
      id: entry.id,
      before: entry.before ?? [],
      after: entry.after ?? [],
      requestId: entry.requestID,
      address: entry.address,
      agent: entry.agent,
      time: entry.time,
      partial: entry.isPartial
    )
  }
}

extension ChangeEntry {
  /// A change from another service's feed; nil when it is malformed.
  init?(_ message: MeshAPI.Change) {
    guard let tenant = TenantID(message.tenantId),
      let time = message.time
    else { return nil }
    self.init(
      sequence: message.sequence,
      tenant: tenant,
      actor: message.actor,
      onBehalfOf: message.onBehalfOf.isEmpty ? nil : message.onBehalfOf,
      change: MeshStore.Change(
        action: message.action,
        object: message.object,
        id: message.id,
        before: message.action == "create" ? nil : message.before,
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

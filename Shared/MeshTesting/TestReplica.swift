package import MeshCore
import MeshLoop
package import MeshProto
package import MeshService
import MeshStore

extension Replica {
  /// Takes over a record, as if its service had changed it and that were durable here.
  @LoopActor
  package func take(_ record: some RecordMessage, of tenant: TenantID) {
    guard let id = record.recordID else { return }
    take([ReplicaRow(tenant: tenant, id: id, record: record.wireBytes())], log)
  }

  /// Lets a record be gone, as if its service had deleted it.
  @LoopActor
  package func remove<Kind>(_ id: ID<Kind>, of tenant: TenantID) {
    take([ReplicaRow(tenant: tenant, id: id.words, record: nil)], log)
  }

  private var log: Log { Log(service: "test", level: .error) }
}

package import MeshCore
package import MeshStore

extension ChangeEntry {
  /// A change of a tenant's record as other services hear of it.
  package init(
    hearing change: Change,
    of tenant: TenantID,
    by actor: String = "system:test",
    at time: Timestamp = Timestamp(microseconds: 0)
  ) {
    self.init(
      sequence: 1,
      tenant: tenant,
      actor: actor,
      onBehalfOf: nil,
      change: change,
      requestID: "",
      address: "",
      agent: "",
      time: time
    )
  }
}

import MeshCore
import TenantsAPI

/// A creation under way: what is to become a tenant once it has an owner.
///
/// It is not shown, and its host is unknown, but the name is held for it.
struct PendingTenant: Sendable, Equatable {
  /// How long Access may take to make the owner.
  static let ownerTime = Duration.seconds(10)
  /// How long one attempt holds the name: longer than anything of it can still be under way.
  static let lease = Duration.seconds(15)

  let id: TenantID
  /// As it is going to be, checked.
  let draft: Tenant
  /// When the attempt is over, whatever came of it.
  let leaseEnd: Timestamp

  /// Whether its attempt was left off, so that the service must find out what came of it.
  func isAbandoned(at now: Timestamp) -> Bool { leaseEnd <= now }
}

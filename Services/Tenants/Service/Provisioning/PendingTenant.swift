import MeshCore
import TenantsAPI

/// A tenant under creation, until it has an owner.
///
/// It is not listed and its host is unknown, but its name is reserved.
struct PendingTenant: Sendable, Equatable {
  /// How long Access may take to create the owner.
  static let ownerTime = Duration.seconds(10)
  /// How long one attempt reserves the name: longer than its call to Access can last.
  static let lease = Duration.seconds(15)

  let id: TenantID
  /// The future tenant, checked.
  let draft: Tenant
  /// When the attempt ends, successful or not.
  let leaseEnd: Timestamp

  /// Whether the attempt was abandoned, so that the service must find out its outcome.
  func isAbandoned(at now: Timestamp) -> Bool { leaseEnd <= now }
}

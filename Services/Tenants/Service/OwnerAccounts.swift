import MeshCore
import MeshLoop
import TenantsAPI

/// The first member of a new tenant, as the operator wants them.
///
/// Access checks the values.
struct NewOwner: Sendable {
  let email: String
  let displayName: String
  let password: String

  init(_ owner: TenantOwner) {
    email = owner.email
    displayName =
      owner.displayName.isEmpty ? String(owner.email.prefix { $0 != "@" }) : owner.displayName
    password = owner.password
  }
}

/// What Tenants asks of Access.
struct OwnerAccounts: Sendable {
  /// Makes a tenant's owner; a repeated request makes none.
  ///
  /// Throws INVALID_ARGUMENT, its fields named as in `CreateTenant`, when Access refuses the values;
  /// then nobody was made. After any other error somebody may have been.
  let create: @Sendable @LoopActor (NewOwner, TenantID, Origin) async throws(MeshError) -> Void
  /// Whether a tenant has an owner.
  let exist: @Sendable @LoopActor (TenantID) async throws(MeshError) -> Bool
}

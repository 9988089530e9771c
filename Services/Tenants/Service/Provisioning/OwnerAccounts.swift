import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC
import TenantsAPI

/// Tenants' calls to Access.
struct OwnerAccounts: Sendable {
  /// Creates a tenant's owner; repeating the request does not create another.
  ///
  /// Throws INVALID_ARGUMENT, with fields named as in `CreateTenant`, when Access refuses the
  /// values; then no owner was created. After any other error one may have been.
  let create: @Sendable @LoopActor (TenantOwner, TenantID, Origin) async throws(MeshError) -> Void
  /// Whether a tenant has an owner.
  let exist: @Sendable @LoopActor (TenantID) async throws(MeshError) -> Bool
}

extension OwnerAccounts {
  /// Asks Access over its channel, as `system:tenants` in the tenant that is being created.
  ///
  /// - Parameters:
  ///   - access: the client for Access.
  ///   - timeout: how long a call may take.
  init(_ access: AccessServiceClient, timeout: Duration = PendingTenant.ownerTime) {
    create = { @LoopActor (owner, tenant, origin) async throws(MeshError) in
      let request = CreateOwnerRequest(
        member: Member(email: owner.email, displayName: owner.displayName),
        password: owner.password,
        requestId: tenant.description
      )
      var options = Self.options(tenant, timeout)
      options.idempotencyKey = tenant.description
      options.origin = origin
      do throws(MeshError) {
        _ = try await access.createOwner(request, options)
      } catch {
        throw error.ofOwner
      }
    }
    exist = { @LoopActor (tenant) async throws(MeshError) in
      let page = try await access.listMembers(
        ListMembersRequest(pageSize: 1),
        Self.options(tenant, timeout)
      )
      return !page.members.isEmpty
    }
  }

  private static func options(_ tenant: TenantID, _ timeout: Duration) -> CallOptions {
    CallOptions(
      timeout: timeout,
      authorization: .system("tenants", tenant: tenant)
    )
  }
}

extension MeshError {
  /// The error with the fields of the member and the password named as in `CreateTenant`.
  fileprivate var ofOwner: MeshError {
    guard code == .invalidArgument else { return self }
    return .invalid(
      violations.map { violation in
        FieldViolation(field: "owner.\(violation.field)", description: violation.description)
      },
      reason: reason
    )
  }
}

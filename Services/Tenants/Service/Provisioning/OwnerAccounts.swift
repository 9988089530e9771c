import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC
import TenantsAPI

/// Tenants' calls to Access, made as the options say: in the tenant that is being created.
struct OwnerAccounts: Sendable {
  /// Creates the tenant's owner, once for the idempotency key.
  ///
  /// Throws INVALID_ARGUMENT, with fields named as in `CreateTenant`, when Access refuses the
  /// values; then no owner was created. After any other error one may have been.
  let create: @Sendable @LoopActor (TenantOwner, CallOptions) async throws(MeshError) -> Void
  /// Whether the tenant has an owner.
  let exist: @Sendable @LoopActor (CallOptions) async throws(MeshError) -> Bool
}

extension OwnerAccounts {
  init(_ access: AccessServiceClient) {
    create = { @LoopActor (owner, options) async throws(MeshError) in
      let request = CreateOwnerRequest(
        member: Member(email: owner.email, displayName: owner.displayName),
        password: owner.password,
        requestId: options.idempotencyKey ?? ""
      )
      do throws(MeshError) {
        _ = try await access.createOwner(request, options)
      } catch {
        throw error.ofOwner
      }
    }
    exist = { @LoopActor (options) async throws(MeshError) in
      let page = try await access.listMembers(ListMembersRequest(pageSize: 1), options)
      return !page.members.isEmpty
    }
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

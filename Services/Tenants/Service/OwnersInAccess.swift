import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC

extension OwnerAccounts {
  /// Asks Access over its channel, as `system:tenants` in the tenant that is being made.
  init(_ access: AccessServiceClient) {
    create = { @LoopActor (owner, tenant, origin) async throws(MeshError) in
      let request = CreateOwnerRequest(
        member: Member(email: owner.email, displayName: owner.displayName),
        password: owner.password,
        requestId: tenant.description
      )
      var options = Self.options(tenant)
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
        Self.options(tenant)
      )
      return !page.members.isEmpty
    }
  }

  private static func options(_ tenant: TenantID) -> CallOptions {
    CallOptions(
      timeout: PendingTenant.ownerTime,
      authorization: .system("tenants", tenant: tenant)
    )
  }
}

extension MeshError {
  /// The error with the fields of `CreateOwner` named as in `CreateTenant`.
  fileprivate var ofOwner: MeshError {
    guard code == .invalidArgument else { return self }
    return .invalid(
      violations.map { violation in
        let field =
          violation.field.hasPrefix("member")
          ? violation.field.dropFirst("member".count) : ".\(violation.field)"
        return FieldViolation(field: "owner\(field)", description: violation.description)
      },
      reason: reason
    )
  }
}

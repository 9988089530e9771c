/// Who makes a call: a person, a process of the mesh, or someone unknown.
package enum CallerIdentity: Hashable, Sendable, CustomStringConvertible {
  case member(MemberID)
  /// The name of a service, `gateway`, or `operator`.
  case system(String)
  /// Nobody in particular; only methods that say so take such a call.
  case anonymous

  /// The form in the change log: `member_01h...` or `system:operator`.
  package var description: String {
    switch self {
    case .member(let id): id.description
    case .system(let name): "system:" + name
    case .anonymous: "anonymous"
    }
  }
}

/// Who a call acts as, and for which tenant; verified before a handler sees it.
package struct Caller: Hashable, Sendable {
  /// Nil for a system caller that acts on no tenant in particular.
  package let tenant: TenantID?
  package let identity: CallerIdentity
  /// The member whose command a system caller carries out.
  package let onBehalfOf: MemberID?
  /// Names of the member's roles; empty for a system caller.
  package let roles: [String]
  /// The sign-in that the member's token belongs to.
  package let session: SessionID?

  package init(
    tenant: TenantID?,
    identity: CallerIdentity,
    onBehalfOf: MemberID? = nil,
    roles: [String] = [],
    session: SessionID? = nil
  ) {
    self.tenant = tenant
    self.identity = identity
    self.onBehalfOf = onBehalfOf
    self.roles = roles
    self.session = session
  }

  /// The identity as the change log writes it.
  package var actor: String { identity.description }

  /// The calling member; nil for any other caller.
  package var member: MemberID? {
    guard case .member(let id) = identity else { return nil }
    return id
  }
}

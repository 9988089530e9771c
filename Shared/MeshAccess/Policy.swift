package import MeshCore

/// Which roles may do what.
///
/// Roles only widen: who has several may do what any of them allows. A name that is no role allows
/// nothing.
package struct Policy: Sendable {
  private let grants: [Role: RoleGrant]

  /// The four built-in roles, alike in every tenant.
  package static let builtIn = Policy(grants: [
    .owner: RoleGrant(permissions: administration, changes: .all),
    .admin: RoleGrant(permissions: administration, changes: .all),
    .manager: RoleGrant(permissions: management, changes: .all),
    .rep: RoleGrant(permissions: selling, changes: .own),
    .readOnly: RoleGrant(permissions: reading, changes: .own),
  ])

  /// Whether `caller` has `permission` at all; for which records is `records(of:_:_:)`.
  ///
  /// The operator and the mesh's own processes have each: what they may call, each method states.
  package func allows(_ caller: Caller, _ permission: Permission) -> Bool {
    switch caller.identity {
    case .system: true
    case .anonymous: false
    case .member: !grants(to: caller.roles, permission).isEmpty
    }
  }

  /// All that members with these roles may do, in order.
  package func permissions(of roles: [String]) -> [Permission] {
    let granted = roles.compactMap(Role.init(rawValue:)).compactMap { grants[$0]?.permissions }
    return granted.reduce(into: Set()) { $0.formUnion($1) }.sorted()
  }

  /// Which records of a kind `caller` may do `action` with.
  package func records(of caller: Caller, _ object: String, _ action: RecordAction) -> RecordAccess
  {
    switch caller.identity {
    case .system:
      return .all
    case .anonymous:
      return .none
    case .member(let member):
      let grants = grants(to: caller.roles, Permission(object, action.rawValue))
      if grants.isEmpty { return .none }
      let isWide = action == .read || grants.contains { $0.changes == .all }
      return isWide ? .all : .own(member)
    }
  }

  /// Which fields of a kind `caller` sees and may change.
  package func fields(of caller: Caller, _ object: String) -> FieldAccess {
    let canRead = allows(caller, Permission(object, "read"))
    let canWrite =
      allows(caller, Permission(object, "edit")) || allows(caller, Permission(object, "create"))
    return FieldAccess(visible: canRead ? .all : .none, editable: canWrite ? .all : .none)
  }

  /// What those of the roles grant that allow `permission`.
  private func grants(to roles: [String], _ permission: Permission) -> [RoleGrant] {
    roles.compactMap(Role.init(rawValue:)).compactMap { grants[$0] }
      .filter { $0.permissions.contains(permission) }
  }
}

/// What one role allows.
///
/// Whoever may read records of a kind reads all of them.
private struct RoleGrant {
  enum Records {
    case own
    case all
  }

  let permissions: Set<Permission>
  /// Which records the permissions to change them apply to.
  let changes: Records
}

extension Policy {
  /// What every member may do: see the tenant's records and how it is set up, and end their session.
  private static let reading = permissions([
    "lead": ["read"], "lead_status": ["read"], "lead_source": ["read"], "scoring_rule": ["read"],
    "member": ["read"], "own_tenant": ["read"], "session": ["read", "renew", "end"],
  ])

  private static let selling = reading.union(permissions(["lead": ["create", "edit"]]))

  private static let management = selling.union(
    permissions(["lead": ["delete"], "import": ["read", "create"]])
  )

  private static let administration = management.union(
    permissions([
      "lead_status": ["create"], "lead_source": ["create"],
      "scoring_rule": ["create", "edit", "delete"], "member": ["create", "edit"],
      "own_tenant": ["edit"],
    ])
  )

  private static func permissions(_ actions: [String: [String]]) -> Set<Permission> {
    Set(actions.flatMap { object, actions in actions.map { Permission(object, $0) } })
  }
}

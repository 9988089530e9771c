package import MeshCore
package import MeshProto

/// Which roles may do what, from the grants that objects declare.
///
/// Roles only add permissions: a caller with several may do what any of them allows. An unknown
/// role allows nothing.
package struct Policy: Sendable {
  /// The records for which each role has each permission, including inherited ones.
  private let reaches: [Role: [Permission: RoleGrant.Records]]

  /// - Parameter grants: of every object that callers are checked for.
  package init(grants: [RoleGrant]) {
    var direct: [Role: [Permission: RoleGrant.Records]] = [:]
    for grant in grants {
      guard let role = Role(rawValue: grant.role) else { continue }
      for action in grant.actions {
        let permission = Permission(grant.object, action)
        let known = direct[role]?[permission] ?? grant.records
        direct[role, default: [:]][permission] = max(known, grant.records)
      }
    }
    var reaches: [Role: [Permission: RoleGrant.Records]] = [:]
    for role in Role.allCases {
      for ancestor in role.inherited {
        reaches[role, default: [:]].merge(direct[ancestor] ?? [:], uniquingKeysWith: max)
      }
    }
    self.reaches = reaches
  }

  /// Whether `caller` has `permission` at all; `reach(of:_:)` says for which records.
  ///
  /// The operator and the mesh's own processes have every permission; each method states whether
  /// they may call it.
  package func allows(_ caller: Caller, _ permission: Permission) -> Bool {
    reach(of: caller, permission) != nil
  }

  /// Whether members with a role have `permission` at all.
  func allows(_ role: String, _ permission: Permission) -> Bool {
    Role(rawValue: role).flatMap { reaches[$0]?[permission] } != nil
  }

  /// All that members with these roles may do, in order.
  package func permissions(of roles: [String]) -> [Permission] {
    let granted = roles.compactMap(Role.init(rawValue:)).compactMap { reaches[$0]?.keys }
    return granted.reduce(into: Set()) { $0.formUnion($1) }.sorted()
  }

  /// All that any role may do, in order.
  var permissions: [Permission] {
    reaches.values.reduce(into: Set()) { $0.formUnion($1.keys) }.sorted()
  }

  /// The records for which `caller` has `permission`; nil for none.
  package func reach(of caller: Caller, _ permission: Permission) -> RoleGrant.Records? {
    switch caller.identity {
    case .system: .all
    case .anonymous: nil
    case .member:
      reach(of: caller.roles, permission)
    }
  }

  /// The records for which members with these roles have `permission`; nil for none.
  package func reach(of roles: [String], _ permission: Permission) -> RoleGrant.Records? {
    roles.compactMap(Role.init(rawValue:)).compactMap { reaches[$0]?[permission] }.max()
  }

  /// The fields of a kind that `caller` sees and may change.
  package func fields(
    of caller: Caller,
    _ object: String
  ) -> (visible: FieldSet, editable: FieldSet) {
    let canRead = allows(caller, Permission(object, "read"))
    let canWrite =
      allows(caller, Permission(object, "edit")) || allows(caller, Permission(object, "create"))
    return (canRead ? .all : .none, canWrite ? .all : .none)
  }
}

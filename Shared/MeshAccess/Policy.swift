package import MeshCore
package import MeshProto

/// Which roles may do what, as the objects' own declarations grant it.
///
/// Roles only widen: who has several may do what any of them allows. A name that is no role allows
/// nothing.
package struct Policy: Sendable {
  /// With which records each role has each permission, inherited ones included.
  private let reaches: [Role: [Permission: RoleGrant.Records]]

  /// - Parameter grants: of every object that callers are to be judged for.
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

  /// Whether `caller` has `permission` at all; for which records is `reach(of:_:)`.
  ///
  /// The operator and the mesh's own processes have each: what they may call, each method states.
  package func allows(_ caller: Caller, _ permission: Permission) -> Bool {
    reach(of: caller, permission) != nil
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

  /// With which records `caller` has `permission`; nil when with none.
  package func reach(of caller: Caller, _ permission: Permission) -> RoleGrant.Records? {
    switch caller.identity {
    case .system: .all
    case .anonymous: nil
    case .member:
      caller.roles.compactMap(Role.init(rawValue:)).compactMap { reaches[$0]?[permission] }.max()
    }
  }

  /// Which fields of a kind `caller` sees and may change.
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

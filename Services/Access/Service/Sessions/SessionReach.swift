import AccessAPI
import MeshAccess
import MeshCore
import MeshProto
import MeshStore

extension Member {
  /// The permissions that do not cover every record of their object, in order.
  var reaches: [PermissionReach] {
    let roles = tokenRoles
    return Policy.ofMesh.permissions(of: roles).compactMap { permission in
      guard let granted = Policy.ofMesh.reach(of: roles, permission),
        let records = RecordReach(granted)
      else { return nil }
      return PermissionReach(permission: permission.description, records: records)
    }
  }
}

extension RecordReach {
  /// nil for all records.
  fileprivate init?(_ records: RoleGrant.Records) {
    switch records {
    case .own: self = .own
    case .team: self = .team
    case .open: self = .open
    case .all: return nil
    }
  }
}

extension ReadTransaction {
  /// The teams by which a member reaches records, as the teams are now.
  ///
  /// - Parameters:
  ///   - member: the member of the teams.
  ///   - reaches: of the member's permissions.
  /// - Returns: none if no permission depends on teams.
  /// - Throws: what the store throws.
  func reachedTeams(
    of member: MemberID,
    _ reaches: [PermissionReach]
  ) throws -> TeamMembership {
    guard reaches.contains(where: { $0.records != .own }) else { return TeamMembership() }
    return try teamTree().membership(of: member)
  }
}

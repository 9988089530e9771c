import AccessAPI
import MeshAccess
import MeshCore
import MeshProto

// Members as messages and back. Nothing else in the service knows generated types of a member.

extension AccessAPI.Member {
  init(_ member: Member) {
    self.init()
    id = member.id.description
    etag = member.etag
    email = member.profile.email
    displayName = member.profile.displayName
    role = member.profile.role.rawValue
    owner = member.isOwner
    takesLeads = member.profile.takesLeads
    dailyLeadCap = member.profile.dailyLeadCap
    active = member.isActive
    createTime = member.createTime
    updateTime = member.updateTime
  }

  /// What the message says of a member's profile.
  var draft: MemberDraft {
    MemberDraft(
      email: email,
      displayName: displayName,
      role: role,
      takesLeads: takesLeads,
      dailyLeadCap: dailyLeadCap
    )
  }

  /// Names of the fields that say something.
  var filledFields: [String] {
    var names: [String] = []
    if !email.isEmpty { names.append("email") }
    if !displayName.isEmpty { names.append("display_name") }
    if !role.isEmpty { names.append("role") }
    if takesLeads != nil { names.append("takes_leads") }
    if dailyLeadCap != nil { names.append("daily_lead_cap") }
    return names
  }

  /// The member with the fields that a caller may see; the others are as if they had never been set.
  func showing(_ visible: FieldNames) -> AccessAPI.Member {
    if visible == .all { return self }
    var shown = self
    if !visible.contains("email") { shown.email = "" }
    if !visible.contains("display_name") { shown.displayName = "" }
    if !visible.contains("role") { shown.role = "" }
    if !visible.contains("takes_leads") { shown.takesLeads = nil }
    if !visible.contains("daily_lead_cap") { shown.dailyLeadCap = nil }
    return shown
  }
}

extension Member {
  /// The member as the change log keeps them and reactions read them.
  var wireBytes: [UInt8] { AccessAPI.Member(self).wireBytes() }

  /// The roles that their tokens name.
  var tokenRoles: [String] { isOwner ? [Role.owner.rawValue] : [profile.role.rawValue] }
}

extension MemberFault {
  /// The one place where a member's faults become a client's errors.
  var meshError: MeshError {
    switch self {
    case .invalid(let violations): .invalid(violations)
    case .unknownFields(let violations): .invalid(violations, reason: .unknownField)
    case .stale: .staleEtag()
    case .ownerStays(let field):
      MeshError(
        code: .failedPrecondition,
        reason: .failedPrecondition,
        message: "the tenant's owner stays an active admin",
        violations: [
          FieldViolation(field: field, description: "the tenant's owner stays an active admin")
        ]
      )
    }
  }
}

/// Runs rules of members; what they refuse becomes the client's error.
func faults<Value>(_ body: () throws(MemberFault) -> Value) throws(MeshError) -> Value {
  do throws(MemberFault) {
    return try body()
  } catch {
    throw error.meshError
  }
}

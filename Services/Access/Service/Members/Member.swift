import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshRecords
import MeshService
import MeshStore

extension Member {
  /// The roles named in their tokens.
  var tokenRoles: [String] { Self.tokenRoles(isOwner: owner, role: role) }

  static func tokenRoles(isOwner: Bool, role: String) -> [String] {
    isOwner ? [Role.owner.rawValue] : [role]
  }

  private static let policy = Policy(grants: AccessObjects.grants)

  /// Whether they have access and their role lets them do something with objects of Access.
  func may(_ object: String, _ action: String) -> Bool {
    active && Self.policy.permissions(of: tokenRoles).contains(Permission(object, action))
  }

  /// The member without access; new leads are not assigned to them.
  ///
  /// - Throws: `.ownerStays` for the tenant's owner.
  func deactivated() throws(MemberFault) -> Member {
    if owner { throw .ownerStays(field: "id") }
    var member = self
    member.active = false
    return member
  }
}

/// Why a member cannot be added or changed.
enum MemberFault: ClientError {
  /// The tenant's owner must remain an active admin.
  case ownerStays(field: String)
  case ownerExists
  case ownerMissing
  case emailTaken
  case cannotDeactivateSelf
  /// Whoever sets the owner's password controls the tenant.
  case ownersPassword
  /// Members change their own password with the present one.
  case ownReset
  case noAccess

  var meshError: MeshError {
    switch self {
    case .ownerStays(let field):
      let rule = "the tenant's owner must remain an active admin"
      return MeshError(
        code: .failedPrecondition,
        reason: .failedPrecondition,
        message: rule,
        violations: [FieldViolation(field: field, description: rule)]
      )
    case .ownerExists:
      let rule = "this tenant already has an owner"
      return MeshError(
        code: .alreadyExists,
        reason: .alreadyExists,
        message: rule,
        violations: [FieldViolation(field: "member", description: rule)]
      )
    case .ownerMissing:
      return .failedPrecondition("the tenant has no owner yet; create the owner first")
    case .emailTaken:
      return .alreadyExists("email", "is used by another member")
    case .cannotDeactivateSelf:
      return .failedPrecondition("you cannot deactivate yourself")
    case .ownersPassword:
      return .permissionDenied("only the operator may reset the owner's password")
    case .ownReset:
      return .invalid(
        "id",
        "must be another member's; change your own password by the present one"
      )
    case .noAccess:
      return .failedPrecondition("the member has no access; reactivate them first")
    }
  }
}

/// What a new member has besides the record.
struct NewMember: Sendable {
  let isOwner: Bool
  let password: FirstPassword
}

/// The rules of members; a member who loses access loses their sessions too.
struct MemberRules: RecordRules {
  static let privateColumns: Set = ["password_hash"]

  let transaction: WriteTransaction
  /// Set while a member is added.
  var new: NewMember?

  func prepare(_ member: inout Member, before: Member?, _ check: inout FieldCheck) throws {
    member.takesLeads = member.takesLeads ?? (member.role == Role.rep.rawValue)
    if member.timeZone.isEmpty { member.timeZone = "UTC" }
    if member.role == Role.readOnly.rawValue, member.takesLeads == true {
      // A member who becomes read_only leaves the rotation; taking leads cannot be requested.
      if before?.takesLeads != true {
        check.refuse("takes_leads", "must be false for a member who may only read")
      }
      member.takesLeads = false
    }
    if let new {
      try begin(&member, new, &check)
    } else if member.owner, member.role != Role.admin.rawValue {
      throw MemberFault.ownerStays(field: "role")
    }
  }

  private func begin(_ member: inout Member, _ new: NewMember, _ check: inout FieldCheck) throws {
    member.owner = new.isOwner
    member.active = true
    if case .refused(let rule) = new.password { check.refuse("password", rule) }
    guard check.violations.isEmpty else { return }
    switch (new.isOwner, try transaction.hasOwner()) {
    case (true, true): throw MemberFault.ownerExists
    case (false, false): throw MemberFault.ownerMissing
    default: break
    }
    if try transaction.credential(of: member.email) != nil { throw MemberFault.emailTaken }
  }

  /// Set on creation only: updates of the record leave the column alone.
  func derive(_ member: Member, _ columns: inout RecordColumns) {
    guard case .hashed(let hash) = new?.password else { return }
    columns.set("password_hash", hash.phc)
  }

  func wrote(before: Member?, after: Member?) throws {
    guard let after, let id = after.id else { return }
    if before?.active != after.active || before?.tokenRoles != after.tokenRoles {
      try transaction.record(
        .standing(of: id, isActive: after.active, roles: after.tokenRoles)
      )
      try transaction.deletePasswordResets(ofAndBy: id)
    }
    if after.active { return }
    for session in try transaction.openSessions(of: id) { try transaction.endSession(session) }
  }
}

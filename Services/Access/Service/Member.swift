import MeshCore

/// A person who works in a tenant, as the service knows them.
struct Member: Sendable, Equatable {
  let id: MemberID
  /// Grows by one with each change; the etag.
  var version: Int64
  var profile: MemberProfile
  /// Whether they own the tenant: an admin who cannot be removed.
  let isOwner: Bool
  var isActive: Bool
  let createTime: Timestamp
  var updateTime: Timestamp

  /// What a client sends back to change only what it has read.
  var etag: String { String(version, radix: 36) }
}

/// The built-in roles that a member can have.
enum MemberRole: String, CaseIterable, Sendable {
  case admin
  case manager
  case rep
  case readOnly = "read_only"
}

/// What is told of a member, each value in its form.
struct MemberProfile: Sendable, Equatable {
  let email: String
  let displayName: String
  let role: MemberRole
  /// Whether new leads are assigned to them in turn.
  let takesLeads: Bool
  /// Most leads assigned to them a day; nil for no limit.
  let dailyLeadCap: Int32?

  /// What addresses are unique by.
  var emailKey: String { EmailAddress.key(email) }
}

/// A member's profile as somebody wants it, unchecked.
struct MemberDraft: Sendable, Equatable {
  var email = ""
  var displayName = ""
  var role = ""
  /// Nil for what the role's members usually do.
  var takesLeads: Bool?
  var dailyLeadCap: Int32?
}

/// Why a member cannot be as somebody wants them.
enum MemberFault: Error, Equatable {
  /// Values break rules of their fields.
  case invalid([FieldViolation])
  /// A path of the update mask is no field that can be set.
  case unknownFields([FieldViolation])
  /// The member has changed since the caller read them.
  case stale
  /// The tenant's owner is an admin, and stays.
  case ownerStays(field: String)
}

extension MemberProfile {
  /// Checks a draft.
  ///
  /// - Throws: `.invalid` with every rule that is broken.
  init(_ draft: MemberDraft) throws(MemberFault) {
    var violations: [FieldViolation] = []
    guard let profile = Self.checked(draft, &violations) else { throw .invalid(violations) }
    self = profile
  }

  /// Checks a draft.
  ///
  /// - Returns: the profile; nil when rules are broken, which are added to `violations`, fields named
  ///   as in a request's `member`.
  static func checked(
    _ draft: MemberDraft,
    _ violations: inout [FieldViolation]
  ) -> MemberProfile? {
    func refuse(_ field: String, _ rule: String) {
      violations.append(FieldViolation(field: "member." + field, description: rule))
    }
    let known = violations.count
    if !EmailAddress.isValid(draft.email) {
      refuse("email", "must be an e-mail address such as name@example.com")
    }
    let name = DisplayName(draft.displayName)
    if name == nil { refuse("display_name", "must have 1 to \(DisplayName.limit) characters") }
    let role = MemberRole(rawValue: draft.role)
    if role == nil {
      let roles = MemberRole.allCases.map(\.rawValue).joined(separator: ", ")
      refuse("role", "must be one of \(roles)")
    }
    if let cap = draft.dailyLeadCap, cap < 0 {
      refuse("daily_lead_cap", "must not be less than 0")
    }
    guard violations.count == known, let name, let role else { return nil }
    return MemberProfile(
      email: draft.email,
      displayName: name.text,
      role: role,
      takesLeads: draft.takesLeads ?? (role == .rep),
      dailyLeadCap: draft.dailyLeadCap
    )
  }
}

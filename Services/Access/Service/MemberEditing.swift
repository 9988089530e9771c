import MeshCore

/// The fields of a member that an update can set, by their names in the API.
enum MemberField: String, CaseIterable, Sendable {
  case displayName = "display_name"
  case role
  case takesLeads = "takes_leads"
  case dailyLeadCap = "daily_lead_cap"
}

/// What somebody wants to change of a member.
struct MemberEdit: Sendable {
  let fields: [MemberField]
  let draft: MemberDraft
  /// Of the member they have read; empty for whatever they are.
  let etag: String

  /// - Parameters:
  ///   - mask: paths of the update mask; `*` for every field.
  ///   - draft: the values of those fields.
  ///   - etag: of the member as it was read.
  /// - Throws: `.unknownFields` naming each path that cannot be set; `.invalid` for an empty mask.
  init(mask: [String], draft: MemberDraft, etag: String) throws(MemberFault) {
    let paths = mask == ["*"] ? MemberField.allCases.map(\.rawValue) : mask
    let unknown = paths.filter { MemberField(rawValue: $0) == nil }
    guard unknown.isEmpty else {
      throw .unknownFields(
        unknown.map { path in
          FieldViolation(
            field: "update_mask",
            description: "names \(path), which is no field of a member that can be set"
          )
        }
      )
    }
    fields = MemberField.allCases.filter { paths.contains($0.rawValue) }
    guard !fields.isEmpty else {
      throw .invalid([
        FieldViolation(field: "update_mask", description: "must name the fields to change")
      ])
    }
    self.draft = draft
    self.etag = etag
  }
}

extension Member {
  /// The member with an edit made; version and time of change are the caller's.
  ///
  /// - Throws: `.stale`, `.invalid`, and `.ownerStays` for an owner who would be no admin.
  func applying(_ edit: MemberEdit) throws(MemberFault) -> Member {
    guard edit.etag.isEmpty || edit.etag == etag else { throw .stale }
    var draft = MemberDraft(profile)
    for field in edit.fields {
      switch field {
      case .displayName: draft.displayName = edit.draft.displayName
      case .role: draft.role = edit.draft.role
      case .takesLeads: draft.takesLeads = edit.draft.takesLeads
      case .dailyLeadCap: draft.dailyLeadCap = edit.draft.dailyLeadCap
      }
    }
    var changed = self
    changed.profile = try MemberProfile(draft)
    if isOwner, changed.profile.role != .admin { throw .ownerStays(field: "member.role") }
    return changed
  }

  /// The member without access, and without new leads.
  ///
  /// - Throws: `.ownerStays` for the owner.
  func deactivated() throws(MemberFault) -> Member {
    if isOwner { throw .ownerStays(field: "id") }
    var changed = self
    changed.isActive = false
    return changed
  }
}

extension MemberDraft {
  init(_ profile: MemberProfile) {
    self.init(
      email: profile.email,
      displayName: profile.displayName,
      role: profile.role.rawValue,
      takesLeads: profile.takesLeads,
      dailyLeadCap: profile.dailyLeadCap
    )
  }
}

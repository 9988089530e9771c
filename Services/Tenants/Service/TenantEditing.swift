import MeshCore

/// The fields of a tenant that an update can set, by their paths in the API.
enum TenantField: String, CaseIterable, Sendable {
  case displayName = "display_name"
  case defaultRegion = "settings.default_region"
  case timeZone = "settings.time_zone"
  case currency = "settings.currency"

  /// The fields that a path of an update mask means; empty for a path that means none.
  static func fields(of path: String) -> [TenantField] {
    switch path {
    case "*": allCases
    case "settings": [.defaultRegion, .timeZone, .currency]
    default: TenantField(rawValue: path).map { [$0] } ?? []
    }
  }
}

/// What somebody wants to change of a tenant.
struct TenantEdit: Sendable {
  let fields: Set<TenantField>
  let draft: TenantDraft
  /// Of the tenant they have read; empty for whatever it is.
  let etag: String

  /// - Parameters:
  ///   - mask: paths of the update mask; `settings` for all settings, `*` for every field.
  ///   - draft: the values of those fields.
  ///   - etag: of the tenant as it was read.
  /// - Throws: `.unknownFields` naming each path that cannot be set; `.invalid` for an empty mask.
  init(mask: [String], draft: TenantDraft, etag: String) throws(TenantFault) {
    let unknown = mask.filter { TenantField.fields(of: $0).isEmpty }
    guard unknown.isEmpty else {
      throw .unknownFields(
        unknown.map { path in
          FieldViolation(
            field: "update_mask",
            description: "names \(path), which is no field of a tenant that can be set"
          )
        }
      )
    }
    fields = Set(mask.flatMap(TenantField.fields))
    guard !fields.isEmpty else {
      throw .invalid([
        FieldViolation(field: "update_mask", description: "must name the fields to change")
      ])
    }
    self.draft = draft
    self.etag = etag
  }
}

extension Tenant {
  /// The tenant with an edit made; version and time of change are the caller's.
  ///
  /// - Throws: `.stale` and `.invalid`.
  func applying(_ edit: TenantEdit) throws(TenantFault) -> Tenant {
    guard edit.etag.isEmpty || edit.etag == etag else { throw .stale }
    var draft = TenantDraft(profile)
    for field in edit.fields {
      switch field {
      case .displayName: draft.displayName = edit.draft.displayName
      case .defaultRegion: draft.settings.defaultRegion = edit.draft.settings.defaultRegion
      case .timeZone: draft.settings.timeZone = edit.draft.settings.timeZone
      case .currency: draft.settings.currency = edit.draft.settings.currency
      }
    }
    var changed = self
    changed.profile = try TenantProfile(draft)
    return changed
  }
}

import MeshCore

/// One customer of the installation, whose owner can log in.
struct Tenant: Sendable, Equatable {
  let id: TenantID
  /// Grows by one with each change; the etag.
  var version: Int64
  var profile: TenantProfile
  var state: TenantState
  let createTime: Timestamp
  var updateTime: Timestamp

  /// What a client sends back to change only what it has read.
  var etag: String { String(version, radix: 36) }
}

/// Whether people can work in a tenant.
enum TenantState: String, Sendable {
  case active
  /// Closed by the operator: data is kept, nobody gets in.
  case suspended
}

/// What is told of a tenant, each value in its form.
struct TenantProfile: Sendable, Equatable {
  let subdomain: Subdomain
  let displayName: String
  let settings: TenantSettings
}

/// A tenant's profile as somebody wants it, unchecked.
struct TenantDraft: Sendable, Equatable {
  var subdomain = ""
  var displayName = ""
  var settings = SettingsDraft()
}

/// Why a tenant cannot be as somebody wants it.
enum TenantFault: Error, Equatable {
  /// Values break rules of their fields.
  case invalid([FieldViolation])
  /// A path of the update mask is no field that can be set.
  case unknownFields([FieldViolation])
  /// The tenant has changed since the caller read it.
  case stale
}

extension TenantProfile {
  /// Checks a draft.
  ///
  /// - Throws: `.invalid` with every rule that is broken, fields named as in a request's `tenant`.
  init(_ draft: TenantDraft) throws(TenantFault) {
    var violations: [FieldViolation] = []
    if let rule = Subdomain.violation(of: draft.subdomain) {
      violations.append(FieldViolation(field: "tenant.subdomain", description: rule))
    }
    let name = DisplayName(draft.displayName)
    if name == nil {
      violations.append(
        FieldViolation(
          field: "tenant.display_name",
          description: "must have 1 to \(DisplayName.limit) characters"
        )
      )
    }
    let settings = TenantSettings.checked(draft.settings, &violations)
    guard let subdomain = Subdomain(draft.subdomain), let name, let settings else {
      throw .invalid(violations)
    }
    self.init(subdomain: subdomain, displayName: name.text, settings: settings)
  }
}

extension TenantDraft {
  init(_ profile: TenantProfile) {
    self.init(
      subdomain: profile.subdomain.description,
      displayName: profile.displayName,
      settings: SettingsDraft(profile.settings)
    )
  }
}

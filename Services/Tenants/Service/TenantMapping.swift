import MeshAccess
import MeshCore
import MeshProto
import TenantsAPI

// Tenants as messages and back. Nothing else in the service knows generated types of a tenant.

extension TenantsAPI.Tenant {
  init(_ tenant: Tenant) {
    self.init()
    id = tenant.id.description
    etag = tenant.etag
    subdomain = tenant.profile.subdomain.description
    displayName = tenant.profile.displayName
    state = TenantsAPI.TenantState(tenant.state)
    settings = TenantsAPI.TenantSettings(
      defaultRegion: tenant.profile.settings.defaultRegion,
      timeZone: tenant.profile.settings.timeZone,
      currency: tenant.profile.settings.currency.text
    )
    createTime = tenant.createTime
    updateTime = tenant.updateTime
  }

  /// What the message says of a tenant's profile.
  var draft: TenantDraft {
    TenantDraft(
      subdomain: subdomain,
      displayName: displayName,
      settings: SettingsDraft(
        defaultRegion: settings?.defaultRegion ?? "",
        timeZone: settings?.timeZone ?? "",
        currency: settings?.currency ?? ""
      )
    )
  }

  /// The tenant with the fields that a caller may see; the others are as if they had never been set.
  func showing(_ visible: FieldNames) -> TenantsAPI.Tenant {
    if visible == .all { return self }
    var shown = self
    if !visible.contains("subdomain") { shown.subdomain = "" }
    if !visible.contains("display_name") { shown.displayName = "" }
    if !visible.contains("settings") { shown.settings = nil }
    return shown
  }
}

extension TenantsAPI.TenantState {
  fileprivate init(_ state: TenantState) {
    switch state {
    case .active: self = .active
    case .suspended: self = .suspended
    }
  }
}

extension Tenant {
  /// The tenant as the change log keeps it and reactions read it.
  var wireBytes: [UInt8] { TenantsAPI.Tenant(self).wireBytes() }
}

extension TenantFault {
  /// The one place where a tenant's faults become a client's errors.
  var meshError: MeshError {
    switch self {
    case .invalid(let violations): .invalid(violations)
    case .unknownFields(let violations): .invalid(violations, reason: .unknownField)
    case .stale: .staleEtag()
    }
  }
}

/// Runs rules of tenants; what they refuse becomes the client's error.
func faults<Value>(_ body: () throws(TenantFault) -> Value) throws(MeshError) -> Value {
  do throws(TenantFault) {
    return try body()
  } catch {
    throw error.meshError
  }
}

import MeshCore
import MeshPhone
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TenantsAPI

extension Tenant {
  /// The tenant that a draft describes.
  ///
  /// - Throws: INVALID_ARGUMENT with every violation.
  init(checking draft: Tenant) throws(MeshError) {
    self.init()
    take(Tenant.schema.inputs, from: draft)
    var check = FieldCheck()
    try conform(to: Tenant.schema, &check)
    TenantRules().prepare(&self, before: nil, &check)
    try check.finish()
  }

  /// The tenant in another state.
  func with(_ state: TenantState) -> Tenant {
    var tenant = self
    tenant.state = state
    return tenant
  }

  /// Refuses members of a suspended tenant.
  func requireOpen(_ call: Call) throws(TenantFault) {
    if state != .active, call.caller.member != nil { throw .suspended }
  }
}

/// Why a tenant cannot be created, read or changed.
enum TenantFault: ClientError {
  case suspended
  case subdomainTaken
  /// An earlier request is still creating it.
  case beingCreated
  /// Its creation was interrupted before it had an owner.
  case interrupted

  var meshError: MeshError {
    switch self {
    case .suspended:
      MeshError(
        code: .permissionDenied,
        reason: .tenantSuspended,
        message: "the tenant is suspended"
      )
    case .subdomainTaken: .alreadyExists("subdomain", "is taken")
    case .beingCreated:
      .unavailable("a tenant of this name is being created; try again in a few seconds")
    case .interrupted:
      .failedPrecondition("the tenant's creation was interrupted before it had an owner")
    }
  }
}

/// The rules of tenants.
struct TenantRules: RecordRules {
  /// nil where a tenant is only checked.
  var transaction: WriteTransaction?

  func prepare(_ tenant: inout Tenant, before: Tenant?, _ check: inout FieldCheck) {
    if before == nil {
      tenant.state = .active
      // A tenant keeps a subdomain that becomes reserved later.
      if check.isFine("subdomain"), let rule = Subdomain.violation(of: tenant.subdomain) {
        check.refuse("subdomain", rule)
      }
    }
    prepare(&tenant.settingsParts, &check)
    if let before, let rule = tenant.settingsParts.ruleOfRates(before: before.settingsParts) {
      check.refuse("settings.exchange_rates", rule)
    }
  }

  /// Informs every service when its members may use it.
  func wrote(before: Tenant?, after: Tenant?) throws {
    guard let after, let id = after.id, before?.state != after.state else { return }
    try transaction?.record(.standing(of: id, isOpen: after.state == .active))
  }

  private func prepare(_ settings: inout TenantSettings, _ check: inout FieldCheck) {
    if settings.defaultRegion.isEmpty { settings.defaultRegion = "US" }
    if settings.timeZone.isEmpty { settings.timeZone = "UTC" }
    if settings.currency.isEmpty { settings.currency = CurrencyCode.usd.text }
    if settings.sessionIdleMinutes == nil { settings.sessionIdleMinutes = 60 }
    if settings.overdueEscalationHours == nil { settings.overdueEscalationHours = 24 }
    settings.prepareCalendar(&check)
    if let rule = settings.prepareRates() { check.refuse("settings.exchange_rates", rule) }
    settings.prepareQualification(&check)
    if !PhoneRegions.isKnown(settings.defaultRegion) {
      let rule = "must be an ISO 3166-1 region that has phone numbers, such as DE"
      check.refuse("settings.default_region", rule)
    }
    if CurrencyCode(settings.currency) == nil {
      check.refuse("settings.currency", "must be a currency of ISO 4217 such as EUR")
    }
  }
}

import AccessAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshProto
import MeshService
import TenantsAPI

/// Replicas of the other services' records that Leads needs.
struct PeerReplicas: Sendable {
  /// Keyed by the tenant's own id.
  let tenants = Replica(of: TenantsAPI.Tenant.self, in: "tenants") { TenantSettings($0) }
  /// The active members of each tenant.
  let members = Replica(of: AccessAPI.Member.self, in: "access") { Assignee($0) }

  /// - Throws: UNAVAILABLE in the moments before a new tenant has arrived in the replica.
  func settings(of tenant: TenantID) throws(MeshError) -> TenantSettings {
    guard let settings = tenants[tenant, tenant] else { throw .tenantIsNew }
    return settings
  }

  /// The active members of a tenant.
  ///
  /// - Throws: UNAVAILABLE until all members have been read.
  func members(of tenant: TenantID) throws(MeshError) -> [IDWords: Assignee] {
    guard members.isComplete else { throw .tenantIsNew }
    return members.values(of: tenant)
  }
}

extension MeshError {
  static var tenantIsNew: MeshError {
    .unavailable("the tenant is being set up; try again in a moment")
  }
}

extension TenantSettings {
  init(_ tenant: TenantsAPI.Tenant) {
    let settings = tenant.settings ?? TenantsAPI.TenantSettings()
    self.init(
      defaultRegion: settings.defaultRegion,
      timeZone: settings.timeZone,
      currency: CurrencyCode(settings.currency) ?? .usd
    )
  }
}

extension Assignee {
  private static let policy = Policy(grants: LeadsObjects.grants)

  private static func may(_ member: AccessAPI.Member, _ object: String, _ action: String) -> Bool {
    policy.permissions(of: [member.role]).contains(Permission(object, action))
  }

  /// nil for a member without access.
  init?(_ member: AccessAPI.Member) {
    guard let id = member.id, member.active else { return nil }
    self.init(
      member: id,
      mayOwn: Self.may(member, "lead", "edit"),
      mayImport: Self.may(member, "import", "create"),
      takesLeads: member.takesLeads ?? false,
      dailyCap: member.dailyLeadCap.map(Int.init)
    )
  }
}

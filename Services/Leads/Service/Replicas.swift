import AccessAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshPeers
import TenantsAPI

/// What Leads knows of tenants and members.
typealias LeadPeers = PeerReplicas<LeadSettings, Assignee>

extension PeerReplicas where Settings == LeadSettings, Member == Assignee {
  init(access gate: AccessGate) {
    self.init(
      access: gate,
      settings: { LeadSettings($0) },
      member: { Assignee($0, gate) }
    )
  }
}

extension LeadSettings {
  fileprivate init(_ tenant: TenantsAPI.Tenant) {
    let settings = tenant.settings ?? TenantsAPI.TenantSettings()
    self.init(
      tenant: MeshPeers.TenantSettings(tenant),
      bantMinimum: settings.bantMinimum ?? 60,
      conversionScore: settings.conversionScore ?? 71,
      risk: RiskSettings(settings),
      convertsUnqualified: settings.convertUnqualified,
      convertsAutomatically: settings.convertAutomatically
    )
  }
}

extension Assignee {
  /// nil for a member without an id.
  fileprivate init?(_ member: AccessAPI.Member, _ gate: AccessGate) {
    guard let id = member.id else { return nil }
    self.init(
      member: id,
      mayOwn: gate.may(role: member.role, "lead", "edit"),
      mayImport: gate.may(role: member.role, "import", "create"),
      takesLeads: member.takesLeads ?? false,
      dailyCap: member.dailyLeadCap.map(Int.init)
    )
  }
}

extension RiskSettings {
  fileprivate init(_ settings: TenantsAPI.TenantSettings) {
    self.init()
    for entry in settings.riskWeights { weights[entry.factor] = entry.points }
    mediumFrom = settings.riskMediumFrom ?? mediumFrom
    highFrom = settings.riskHighFrom ?? highFrom
  }
}

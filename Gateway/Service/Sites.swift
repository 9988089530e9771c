import MeshCore
import MeshLoop
import MeshService
import TenantsAPI

/// A tenant as its host shows it.
struct Site: Equatable, Sendable {
  let tenant: TenantID
  let subdomain: String
  let name: String
  let isSuspended: Bool

  /// nil for a tenant without an id.
  init?(_ tenant: Tenant) {
    guard let id = tenant.id else { return nil }
    self.tenant = id
    subdomain = tenant.subdomain
    name = tenant.displayName
    isSuspended = tenant.state != .active
  }
}

/// Resolves host names to tenants, from a replica of the tenants in memory.
@LoopActor
final class Sites {
  let tenants: Replica<Site>
  private let baseDomains: [String]
  private let index: SiteIndex

  /// `baseDomains` are the domains whose first label below is a tenant's subdomain, in lower case.
  nonisolated init(baseDomains: [String]) {
    let index = SiteIndex()
    self.baseDomains = baseDomains
    self.index = index
    tenants = Replica(of: Tenant.self, in: "tenants", changed: index.change) { Site($0) }
  }

  /// The site of a host name without port.
  func site(host: Substring) -> Site? {
    let host = host.hasSuffix(".") ? host.dropLast() : host
    for domain in baseDomains {
      guard host.hasSuffix(domain) else { continue }
      let rest = host.dropLast(domain.count)
      guard rest.hasSuffix(".") else { continue }
      let label = rest.dropLast()
      return label.contains(".") ? nil : index.sites[String(label)]
    }
    return nil
  }
}

/// The tenants by subdomain.
@LoopActor
private final class SiteIndex: Sendable {
  private(set) var sites: [String: Site] = [:]

  nonisolated init() {}

  func change(_ tenant: TenantID, from before: Site?, to after: Site?) {
    if let before { sites[before.subdomain] = nil }
    if let after { sites[after.subdomain] = after }
  }
}

import MeshCore
import MeshLoop
import TenantsAPI

/// A tenant as its host shows it.
struct Site: Equatable, Sendable {
  let tenant: TenantID
  let name: String
  let isSuspended: Bool
}

/// Which tenant a host name stands for: a replica of the tenants, asked in memory.
@LoopActor
final class Sites {
  private let baseDomains: [String]
  private var sites: [String: Site] = [:]
  private var subdomains: [TenantID: String] = [:]
  /// Whether all tenants of the start have been read.
  private(set) var isComplete = false

  /// `baseDomains` are the domains whose first label below is a tenant's subdomain, in lower case.
  nonisolated init(baseDomains: [String]) {
    self.baseDomains = baseDomains
  }

  /// The site of a host name without port.
  func site(host: Substring) -> Site? {
    let host = host.hasSuffix(".") ? host.dropLast() : host
    for domain in baseDomains {
      guard host.hasSuffix(domain) else { continue }
      let rest = host.dropLast(domain.count)
      guard rest.hasSuffix(".") else { continue }
      let label = rest.dropLast()
      return label.contains(".") ? nil : sites[String(label)]
    }
    return nil
  }

  /// Takes over what a change says of a tenant.
  func apply(_ tenant: Tenant) {
    guard let id = tenant.id else { return }
    if let old = subdomains[id] { sites[old] = nil }
    subdomains[id] = tenant.subdomain
    sites[tenant.subdomain] = Site(
      tenant: id,
      name: tenant.displayName,
      isSuspended: tenant.state != .active
    )
  }

  func remove(_ id: TenantID) {
    guard let subdomain = subdomains.removeValue(forKey: id) else { return }
    sites[subdomain] = nil
  }

  func markComplete() { isComplete = true }
}

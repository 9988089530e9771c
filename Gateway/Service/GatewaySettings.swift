package import MeshService

/// Settings of the gateway.
package struct GatewaySettings: ServiceSettings {
  /// `host:port` that browsers and API clients reach.
  let listen: String
  /// Domains below which a tenant's subdomain is a host, in lower case; at least one.
  let baseDomains: [String]
  /// Folder of the web UI; nil for the one that came with the executable.
  let webRoot: String?
  /// Failed logins an address may make in a minute before it has to wait.
  let loginFailuresPerMinute: Int

  package init(from reader: inout SettingsReader) {
    listen = reader.text(
      "LISTEN",
      default: "127.0.0.1:8080",
      "host:port of the web UI and the API; port 0 is any free."
    )
    let domains = reader.text(
      "BASE_DOMAINS",
      default: "localhost",
      "Domains, separated by commas, below which a tenant's subdomain is its host."
    )
    baseDomains = domains.lowercased().split(separator: ",").map { domain in
      String(domain.drop { $0 == " " || $0 == "." }.prefix { $0 != " " })
    }
    webRoot = reader.optionalText(
      "WEB_ROOT",
      "Folder of the web UI. Default: the one that came with the executable."
    )
    loginFailuresPerMinute = reader.integer(
      "LOGIN_FAILURES_PER_MINUTE",
      default: 20,
      in: 1...10_000,
      "Failed logins an address may make in a minute before it has to wait."
    )
    if baseDomains.isEmpty || baseDomains.contains("") {
      reader.fault("LEADMESH_BASE_DOMAINS: \(domains) names no domain")
    }
  }
}

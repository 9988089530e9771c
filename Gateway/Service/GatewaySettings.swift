package import MeshService

/// Settings of the gateway.
package struct GatewaySettings: ServiceSettings {
  /// `host:port` for browsers and API clients.
  let listen: String
  /// Domains whose subdomains are tenants' hosts, in lower case; at least one.
  let baseDomains: [String]
  /// Folder of the web UI; nil for the one that came with the executable.
  let webRoot: String?
  /// Failed logins allowed per address and minute.
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
      "Domains, separated by commas, whose subdomains are tenants' hosts."
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
      "Failed logins allowed per address and minute."
    )
    if baseDomains.isEmpty || baseDomains.contains("") {
      reader.fault("LEADMESH_BASE_DOMAINS: \(domains) names no domain")
    }
  }
}

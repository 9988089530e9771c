import MeshCore
import MeshHTTP
import MeshLoop
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
  /// How long a service may take for its part of a search of all records.
  let searchTimeout: Duration
  /// What clients may use, and which proxies are believed.
  let limits: HTTP1Limits
  /// How many event streams there may be.
  let events: EventHub.Limits

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
    baseDomains = domains.asciiLowercased.split(separator: ",").map { domain in
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
      "Failed logins allowed per address and minute; more delay the next one."
    )
    let searchTime = reader.integer(
      "SEARCH_MILLISECONDS",
      default: 150,
      in: 10...10_000,
      "How long a service may take for its part of a search of all records, before it is left out."
    )
    searchTimeout = .milliseconds(searchTime)
    limits = Self.limits(&reader)
    events = Self.events(&reader)
    if baseDomains.isEmpty || baseDomains.contains("") {
      reader.fault("LEADMESH_BASE_DOMAINS: \(domains) names no domain")
    }
  }

  private static func limits(_ reader: inout SettingsReader) -> HTTP1Limits {
    var limits = HTTP1Limits()
    let proxies = reader.text(
      "TRUSTED_PROXIES",
      default: "",
      "Addresses and ranges, such as 10.0.0.0/8, separated by commas, of the proxies whose word on a "
        + "client's address and scheme counts. Default: none."
    )
    let header: TrustedProxies.Header = reader.choice(
      "FORWARDED_HEADER",
      default: "x-forwarded-for",
      of: ["x-forwarded-for": .xForwarded, "forwarded": .forwarded],
      else: .xForwarded,
      "What they write: x-forwarded-for (with x-forwarded-proto) or forwarded."
    )
    limits.isPublicSecure = reader.choice(
      "PUBLIC_SCHEME",
      default: "http",
      of: ["http": false, "https": true],
      else: false,
      "https when every client comes through a proxy that ends TLS: cookies are then always Secure."
    )
    var ranges: [IPRange] = []
    for text in proxies.split(separator: ",") {
      let text = text.filter { $0 != " " }
      if let range = IPRange(text) {
        ranges.append(range)
      } else {
        reader.fault("LEADMESH_TRUSTED_PROXIES: \(text) is neither an address nor a range")
      }
    }
    limits.proxies = TrustedProxies(ranges, header: header)
    Self.readCounts(&limits, &reader)
    return limits
  }

  private static func events(_ reader: inout SettingsReader) -> EventHub.Limits {
    var limits = EventHub.Limits()
    limits.streams = reader.integer(
      "EVENT_STREAMS",
      default: limits.streams,
      in: 1...10_000,
      "Event streams at once; a further one is answered 503."
    )
    limits.streamsPerTenant = reader.integer(
      "EVENT_STREAMS_PER_TENANT",
      default: limits.streamsPerTenant,
      in: 1...10_000,
      "Event streams at once of one tenant; a further one is answered 429."
    )
    limits.streamsPerMember = reader.integer(
      "EVENT_STREAMS_PER_MEMBER",
      default: limits.streamsPerMember,
      in: 1...10_000,
      "Event streams at once of one member; a further one is answered 429."
    )
    return limits
  }

  private static func readCounts(_ limits: inout HTTP1Limits, _ reader: inout SettingsReader) {
    limits.maxConnections = reader.integer(
      "CONNECTIONS",
      default: limits.maxConnections,
      in: 16...1_000_000,
      "Connections at once; for a further one the oldest idle one gives way."
    )
    limits.maxConnectionsPerAddress = reader.integer(
      "CONNECTIONS_PER_ADDRESS",
      default: limits.maxConnectionsPerAddress,
      in: 1...1_000_000,
      "Connections at once from one IPv4 address or IPv6 /64, trusted proxies excepted."
    )
    limits.maxHeldBytes =
      reader.integer(
        "REQUEST_MIB",
        default: limits.maxHeldBytes >> 20,
        in: 8...65_536,
        "MiB that all requests being received may take; beyond it they are answered 503."
      ) << 20
    limits.maxUnsentBytes =
      reader.integer(
        "ANSWER_MIB",
        default: limits.maxUnsentBytes >> 20,
        in: 8...65_536,
        "MiB of answers that clients have not taken; beyond it the slowest are cut off."
      ) << 20
  }
}

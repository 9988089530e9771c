import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import TenantsAPI

extension Command {
  static let tenantCreate = Command(
    name: "tenant create",
    arguments: "--subdomain NAME --name NAME --owner-email EMAIL --owner-password-file FILE",
    summary: "Creates a tenant and its owner.",
    options: [
      "--subdomain NAME": "First label of its host name: 3 to 63 of a-z, 0-9 and -",
      "--name NAME": "Display name",
      "--owner-email EMAIL": "Address that the owner signs in with",
      "--owner-password-file FILE": "File with the owner's password, at least 10 characters",
      "--owner-name NAME": "The owner's display name. Default: from the address",
      "--region CC": "Region of phone numbers without a country code. Default: US",
      "--time-zone ZONE": "IANA time zone of the tenant's days. Default: UTC",
      "--currency CODE": "Currency of amounts without one. Default: USD",
    ]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    let request = try CreateTenantRequest(&arguments)
    try arguments.finish()
    let tenant = try await mesh.ask { () async throws(MeshError) in
      try await mesh.tenants.createTenant(request, mesh.options())
    }
    let address = mesh.folder.address(of: tenant.subdomain)
    if isJSON {
      try Terminal.print(tenant.json(address: address))
    } else {
      let place = address.map { ": \($0)" } ?? ""
      try Terminal.print("created tenant \(tenant.subdomain)\(place)")
    }
  }

  static let tenantList = Command(
    name: "tenant list",
    arguments: "",
    summary: "Lists the tenants."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    try arguments.finish()
    var tenants: [Tenant] = []
    var token = ""
    repeat {
      let request = ListTenantsRequest(pageSize: 1_000, pageToken: token)
      let page = try await mesh.ask { () async throws(MeshError) in
        try await mesh.tenants.listTenants(request, mesh.options())
      }
      tenants += page.tenants
      token = page.nextPageToken
    } while !token.isEmpty
    if isJSON {
      var json = JSONWriter()
      json.beginObject()
      json.key("tenants")
      json.beginArray()
      for tenant in tenants {
        json.raw(tenant.json(address: mesh.folder.address(of: tenant.subdomain)).bytes)
      }
      json.endArray()
      json.endObject()
      try Terminal.print(json)
    } else {
      let rows = tenants.map { [$0.subdomain, $0.state.name, $0.idText, $0.displayName] }
      try Terminal.print(
        TextTable(heading: ["subdomain", "state", "id", "name"], rows: rows).text
      )
    }
  }

  static let tenantSuspend = Command(
    name: "tenant suspend",
    arguments: "SUBDOMAIN",
    summary: "Suspends a tenant: its data is kept, its members are locked out."
  ) { arguments throws(CommandError) in
    try await changeState(&arguments, "suspended") { mesh, id throws(MeshError) in
      try await mesh.tenants.suspendTenant(SuspendTenantRequest(id: id), mesh.options())
    }
  }

  static let tenantResume = Command(
    name: "tenant resume",
    arguments: "SUBDOMAIN",
    summary: "Resumes a suspended tenant."
  ) { arguments throws(CommandError) in
    try await changeState(&arguments, "resumed") { mesh, id throws(MeshError) in
      try await mesh.tenants.resumeTenant(ResumeTenantRequest(id: id), mesh.options())
    }
  }

  @LoopActor
  private static func changeState(
    _ arguments: inout Arguments,
    _ done: String,
    _ change: (Mesh, String) async throws(MeshError) -> Tenant
  ) async throws(CommandError) {
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    let subdomain = try arguments.word("SUBDOMAIN")
    try arguments.finish()
    let id = try await mesh.tenant(subdomain).tenant.idText
    let tenant = try await mesh.ask { () async throws(MeshError) in try await change(mesh, id) }
    if isJSON {
      try Terminal.print(tenant.json(address: mesh.folder.address(of: subdomain)))
    } else {
      try Terminal.print("\(done) tenant \(subdomain)")
    }
  }
}

extension CreateTenantRequest {
  init(_ arguments: inout Arguments) throws(CommandError) {
    self.init(
      tenant: Tenant(
        subdomain: try arguments.need("subdomain"),
        displayName: try arguments.need("name"),
        settings: TenantSettings(
          defaultRegion: try arguments.take("region") ?? "",
          timeZone: try arguments.take("time-zone") ?? "",
          currency: try arguments.take("currency") ?? ""
        )
      ),
      owner: TenantOwner(
        email: try arguments.need("owner-email"),
        displayName: try arguments.take("owner-name") ?? "",
        password: try TextFile.readSecret(try arguments.need("owner-password-file"))
      ),
      requestId: Mesh.newRequestID()
    )
  }
}

extension TenantState {
  /// Its name in text and JSON output.
  var name: String {
    switch self {
    case .active: "active"
    case .suspended: "suspended"
    case .unspecified, .unrecognized: "unknown"
    }
  }
}

extension Tenant {
  /// One object.
  ///
  /// - Parameter address: the tenant's URL; nil when the gateway is not running.
  /// - Returns: the output of `--json`.
  func json(address: String?) -> JSONWriter {
    var json = JSONWriter()
    json.beginObject()
    for (key, value) in [
      ("id", idText), ("subdomain", subdomain), ("display_name", displayName),
      ("state", state.name),
      ("url", address ?? ""),
    ] where !value.isEmpty {
      json.key(key)
      json.string(value)
    }
    json.endObject()
    return json
  }
}

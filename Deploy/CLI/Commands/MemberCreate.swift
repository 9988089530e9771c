import AccessAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC

extension Command {
  static let memberCreate = Command(
    name: "member create",
    arguments: "--tenant SUBDOMAIN --email EMAIL --name NAME --role ROLE --password-file FILE",
    summary: "Adds a member to a tenant.",
    options: [
      "--tenant SUBDOMAIN": "The tenant",
      "--email EMAIL": "Address to sign in with",
      "--name NAME": "Display name",
      "--role ROLE": "admin, manager, rep or read_only",
      "--password-file FILE": "File with the initial password, at least 10 characters",
      "--takes-leads true|false": "Whether new leads are assigned to them. Default: true for a rep",
      "--daily-lead-cap N": "The most leads assigned in a day. Default: no limit",
    ]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    let subdomain = try arguments.need("tenant")
    let request = try CreateMemberRequest(&arguments)
    try arguments.finish()
    let tenant = try await mesh.tenant(subdomain).id
    let member = try await mesh.ask { () async throws(MeshError) in
      try await mesh.access.createMember(request, mesh.options(in: tenant))
    }
    if isJSON {
      try Terminal.print(member.json)
    } else {
      try Terminal.print("created \(member.role) \(member.email) in tenant \(subdomain)")
    }
  }
}

extension CreateMemberRequest {
  init(_ arguments: inout Arguments) throws(CommandError) {
    self.init(
      member: Member(
        email: try arguments.need("email"),
        displayName: try arguments.need("name"),
        role: try arguments.need("role"),
        takesLeads: try arguments.truth("takes-leads"),
        dailyLeadCap: try arguments.number("daily-lead-cap", in: 0...Int(Int32.max))
          .map(Int32.init)
      ),
      password: try TextFile.readSecret(try arguments.need("password-file")),
      requestId: Mesh.newRequestID()
    )
  }
}

extension Member {
  var json: JSONWriter {
    var json = JSONWriter()
    json.beginObject()
    for (key, value) in [
      ("id", idText), ("email", email), ("display_name", displayName), ("role", role),
    ] {
      json.key(key)
      json.string(value)
    }
    json.key("takes_leads")
    json.bool(takesLeads ?? false)
    if let dailyLeadCap {
      json.key("daily_lead_cap")
      json.integer(dailyLeadCap)
    }
    json.endObject()
    return json
  }
}

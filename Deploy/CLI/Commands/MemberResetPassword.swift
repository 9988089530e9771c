import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC

extension Command {
  static let memberResetPassword = Command(
    name: "member reset-password",
    arguments: "--tenant SUBDOMAIN --email EMAIL",
    summary: "Prints a link with which a member sets a new password, once and within 24 hours.",
    options: [
      "--tenant SUBDOMAIN": "The tenant",
      "--email EMAIL": "Address that they sign in with",
    ]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    let subdomain = try arguments.need("tenant")
    let request = IssuePasswordResetRequest(email: try arguments.need("email"))
    try arguments.finish()
    let tenant = try await mesh.tenant(subdomain).id
    // Asked again, it makes another link in the place of the one that was not received.
    let reset = try await mesh.ask { () async throws(MeshError) in
      try await mesh.access.issuePasswordReset(request, mesh.options(in: tenant))
    }
    // Without the gateway's address it is the path below the tenant's host.
    let link = "\(mesh.folder.address(of: subdomain) ?? "")/reset#\(reset.token)"
    let end = reset.expireTime?.rfc3339 ?? ""
    if isJSON {
      var json = JSONWriter()
      json.beginObject()
      for (key, value) in [("link", link), ("expire_time", end)] {
        json.key(key)
        json.string(value)
      }
      json.endObject()
      try Terminal.print(json)
    } else {
      try Terminal.print("\(request.email) sets a new password by this link, once, until \(end):")
      try Terminal.print(link)
    }
  }
}

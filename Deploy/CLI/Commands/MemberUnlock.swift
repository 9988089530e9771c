import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC

extension Command {
  static let memberUnlock = Command(
    name: "member unlock",
    arguments: "--tenant SUBDOMAIN --email EMAIL",
    summary: "Forgets a member's failed logins, so that the next one is not delayed.",
    options: [
      "--tenant SUBDOMAIN": "The tenant",
      "--email EMAIL": "Address that they sign in with",
    ]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    let subdomain = try arguments.need("tenant")
    let request = UnlockMemberRequest(email: try arguments.need("email"))
    try arguments.finish()
    let tenant = try await mesh.tenant(subdomain).id
    let member = try await mesh.ask { () async throws(MeshError) in
      try await mesh.access.unlockMember(request, mesh.options(in: tenant))
    }
    if isJSON {
      try Terminal.print(member.json)
    } else {
      try Terminal.print("unlocked \(member.email) in tenant \(subdomain)")
    }
  }
}

import MeshCore
import MeshProto
import Testing

@testable import MeshAccess

@Suite struct `The built-in roles` {
  private let policy = Policy(grants: SampleGrants.all)
  private let member: MemberID = IDGenerator.system.next()

  private func caller(_ roles: String...) -> Caller {
    Caller(tenant: IDGenerator.system.next(), identity: .member(member), roles: roles)
  }

  private func reach(_ caller: Caller, _ action: String) -> RoleGrant.Records? {
    policy.reach(of: caller, Permission("lead", action))
  }

  @Test(arguments: [
    ("lead", "read", "owner admin manager rep read_only"),
    ("lead", "create", "owner admin manager rep"),
    ("lead", "edit", "owner admin manager rep"),
    ("lead", "delete", "owner admin manager"),
    ("import", "create", "owner admin manager"),
    ("scoring_rule", "read", "owner admin manager rep read_only"),
    ("scoring_rule", "edit", "owner admin"),
    ("lead_status", "create", "owner admin"),
    ("member", "read", "owner admin manager rep read_only"),
    ("member", "create", "owner admin"),
    ("own_tenant", "edit", "owner admin"),
    ("session", "end", "owner admin manager rep read_only"),
    ("tenant", "create", ""), ("change", "pull", ""), ("member", "create_owner", ""),
    ("lead", "fly", ""), ("", "", ""),
  ])
  func `allow this`(_ object: String, _ action: String, _ allowed: String) {
    let allowed = allowed.split(separator: " ").map(String.init)
    for role in Role.allCases.map(\.rawValue) {
      #expect(
        policy.allows(caller(role), Permission(object, action)) == allowed.contains(role),
        "\(role) \(object).\(action)"
      )
    }
  }

  @Test func `add up, and an unknown one adds nothing`() {
    let edit = Permission("lead", "edit")
    #expect(policy.allows(caller("read_only", "rep"), edit))
    #expect(!policy.allows(caller("Admin", "root", ""), edit))
    #expect(!policy.allows(caller(), Permission("lead", "read")))
    #expect(policy.permissions(of: ["rep", "nobody"]) == policy.permissions(of: ["rep"]))
    #expect(policy.permissions(of: ["rep"]).map(\.description).contains("lead.create"))
    #expect(policy.permissions(of: []).isEmpty)
  }

  @Test func `let a rep read all leads and edit own ones`() {
    #expect(reach(caller("rep"), "read") == .all)
    #expect(reach(caller("rep"), "edit") == .own)
    #expect(reach(caller("rep"), "delete") == nil)
    #expect(reach(caller("rep", "manager"), "edit") == .all)
  }

  @Test func `let read-only members read all and edit none`() {
    #expect(reach(caller("read_only"), "read") == .all)
    #expect(reach(caller("read_only"), "edit") == nil)
    #expect(policy.fields(of: caller("read_only"), "lead").editable == .none)
    #expect(policy.fields(of: caller("read_only"), "lead").visible == .all)
  }

  @Test(arguments: ["manager", "admin", "owner"])
  func `let those above edit all`(_ role: String) {
    for action in ["read", "edit", "delete"] {
      #expect(reach(caller(role), action) == .all)
    }
    #expect(policy.fields(of: caller(role), "lead").editable == .all)
  }

  @Test func `bind neither the mesh's processes nor let nobody in`() {
    let process = Caller(tenant: nil, identity: .system("leads"))
    let nobody = Caller(tenant: nil, identity: .anonymous, roles: ["admin"])
    #expect(policy.allows(process, Permission("lead", "edit")))
    #expect(reach(process, "edit") == .all)
    #expect(!policy.allows(nobody, Permission("lead", "read")))
    #expect(reach(nobody, "read") == nil)
    #expect(policy.fields(of: nobody, "lead").visible == .none)
  }
}

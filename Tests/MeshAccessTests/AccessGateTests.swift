import Glibc
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import Testing

@Suite struct `The gate` {
  private let issuer: TestIssuer
  private let gate: AccessGate
  private let edit = MethodNeeds(object: "lead", action: "edit", callers: [.member, .operator])
  private let renew = MethodNeeds(object: "session", action: "renew", callers: [.member])
  private let pull = MethodNeeds(
    object: "change",
    action: "pull",
    callers: [.system],
    tenantless: true
  )

  init() throws {
    issuer = try TestIssuer()
    gate = AccessGate(verifier: issuer.verifier(), policy: Policy(grants: SampleGrants.all))
  }

  // MARK: Members

  @Test func `knows a member by the token`() throws {
    let caller = try gate.authenticate(head(edit, token(["rep"])))
    #expect(
      caller
        == Caller(
          tenant: issuer.tenant,
          identity: .member(issuer.member),
          roles: ["rep"],
          session: issuer.session
        )
    )
    let scheme = ("authorization", "bEARER " + issuer.signer.token(issuer.claims()))
    #expect(try gate.authenticate(head(edit, [scheme])).member == issuer.member)
  }

  @Test func `takes a token for its own tenant only`() throws {
    let own = token(["rep"]) + [("leadmesh-tenant", issuer.tenant.description)]
    #expect(try gate.authenticate(head(edit, own)).tenant == issuer.tenant)
    let other: TenantID = IDGenerator.system.next()
    let foreign = token(["admin"]) + [("leadmesh-tenant", other.description)]
    expect(.unauthenticated, .wrongTenant, head(edit, foreign))
    let unreadable = token(["admin"]) + [("leadmesh-tenant", "acme")]
    expect(.unauthenticated, .unauthenticated, head(edit, unreadable))
  }

  @Test func `refuses a member without the permission, and methods that are not for members`() {
    expect(.permissionDenied, .permissionDenied, head(edit, token(["read_only"])))
    expect(.permissionDenied, .permissionDenied, head(edit, token([])))
    expect(.permissionDenied, .permissionDenied, head(pull, token(["owner"])))
    #expect(throws: Never.self) { try gate.authenticate(head(renew, token(["read_only"]))) }
  }

  @Test func `refuses an expired token by its reason`() {
    let token = token(["admin"])
    issuer.now.advance(by: TokenClaims.lifetime)
    expect(.unauthenticated, .tokenExpired, head(edit, token))
  }

  @Test(arguments: ["", "Bearer", "Bearer ", "Bearer x", "Basic YTpi", "Bearer  x"])
  func `refuses any other authorization`(_ text: String) {
    expect(.unauthenticated, .unauthenticated, head(edit, [("authorization", text)]))
  }

  @Test func `asks for a token where there is none`() {
    expect(.unauthenticated, .unauthenticated, head(edit, []))
    expect(.unauthenticated, .unauthenticated, head(edit, [], uid: geteuid()))
  }

  // MARK: Processes

  @Test func `knows a process of this machine by its name`() throws {
    let tenant: TenantID = IDGenerator.system.next()
    let member: MemberID = IDGenerator.system.next()
    let metadata = [
      ("leadmesh-caller", "system:leads"), ("leadmesh-tenant", tenant.description),
      ("leadmesh-on-behalf-of", member.description),
    ]
    for uid in [geteuid(), 0] {
      let caller = try gate.authenticate(head(pull, metadata, uid: uid))
      #expect(
        caller == Caller(tenant: tenant, identity: .system("leads"), onBehalfOf: member)
      )
    }
  }

  @Test func `does not believe a stranger who names itself`() {
    let metadata = [("leadmesh-caller", "system:leads")]
    expect(.unauthenticated, .unauthenticated, head(pull, metadata, uid: geteuid() &+ 1000))
    expect(.unauthenticated, .unauthenticated, head(pull, metadata, uid: nil))
    expect(
      .unauthenticated,
      .unauthenticated,
      head(pull, token(["owner"]) + metadata, uid: geteuid())
    )
  }

  @Test(arguments: [
    "leads", "system:", "system:Leads", "system:a b", "member:x", "SYSTEM:leads",
    "system:" + String(repeating: "a", count: 64),
  ])
  func `refuses a process without a proper name`(_ name: String) {
    expect(
      .unauthenticated,
      .unauthenticated,
      head(pull, [("leadmesh-caller", name)], uid: geteuid())
    )
  }

  @Test func `tells the operator from other processes`() {
    let tenant: TenantID = IDGenerator.system.next()
    func process(_ name: String) -> [(String, String)] {
      [("leadmesh-caller", name), ("leadmesh-tenant", tenant.description)]
    }
    #expect(throws: Never.self) {
      try gate.authenticate(head(edit, process("system:operator"), uid: geteuid()))
    }
    expect(
      .permissionDenied,
      .permissionDenied,
      head(edit, process("system:leads"), uid: geteuid())
    )
    expect(
      .permissionDenied,
      .permissionDenied,
      head(pull, process("system:operator"), uid: geteuid())
    )
  }

  @Test func `asks a process for the tenant where the method acts in one`() {
    let metadata = [("leadmesh-caller", "system:operator")]
    expect(.permissionDenied, .permissionDenied, head(edit, metadata, uid: geteuid()))
    let unreadable = metadata + [("leadmesh-tenant", "tenant_x")]
    expect(.unauthenticated, .unauthenticated, head(edit, unreadable, uid: geteuid()))
  }

  @Test func `lets anyone call what is for anyone`() throws {
    #expect(try gate.authenticate(head(.none, [])).identity == .anonymous)
    #expect(try gate.authenticate(head(.none, token([]))).member == issuer.member)
    expect(.unauthenticated, .unauthenticated, head(.none, [("authorization", "Bearer x")]))
  }

  // MARK: Handlers' questions

  @Test func `answers handlers by the caller of their call`() throws {
    let rep = Call(caller: try gate.authenticate(head(edit, token(["rep"]))))
    #expect(gate.may(rep, "lead", "create"))
    #expect(!gate.may(rep, "lead_status", "create"))
    #expect(gate.actions(rep, "lead").contains("edit"))
    #expect(gate.mayWithAll(rep, "lead", .read) && !gate.mayWithAll(rep, "lead", .edit))
  }

  // MARK: -

  private func token(_ roles: [String]) -> [(String, String)] {
    [("authorization", "Bearer " + issuer.signer.token(issuer.claims(roles: roles)))]
  }

  private func head(
    _ needs: MethodNeeds,
    _ metadata: [(String, String)],
    uid: UInt32? = nil
  ) -> CallHead {
    var sent = Metadata()
    for (key, value) in metadata { sent.add(key, value) }
    return CallHead(
      path: "/leadmesh.leads.v1.LeadsService/UpdateLead",
      needs: needs,
      metadata: sent,
      peer: uid.map { PeerCredentials(uid: $0, gid: 0, pid: 1) }
    )
  }

  private func expect(
    _ code: StatusCode,
    _ reason: ErrorReason,
    _ head: CallHead,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: MeshError.self, sourceLocation: sourceLocation) {
      try gate.authenticate(head)
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    #expect(error?.reason == reason, sourceLocation: sourceLocation)
  }
}

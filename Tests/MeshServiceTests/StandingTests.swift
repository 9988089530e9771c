import MeshAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshStore
import MeshTesting
import Testing

@testable import MeshService

private let log = Log(service: "test", level: .error)

/// What every service knows of those whose tokens it gets.
@LoopActor
@Suite struct `A token that was signed before` {
  private let standings = Standings()
  private let signer: TokenSigner
  private let verifier: TokenVerifier
  private let tenant: TenantID = IDGenerator.system.next()
  private let member: MemberID = IDGenerator.system.next()
  private let session: SessionID = IDGenerator.system.next()

  init() throws {
    let key = try Ed25519PrivateKey.generate()
    verifier = TokenVerifier(keys: [key.publicKey], standings: standings, clock: .system)
    signer = TokenSigner(key)
  }

  private var token: String {
    signer.token(
      TokenClaims(
        member: member,
        tenant: tenant,
        session: session,
        roles: ["admin"],
        now: Clock.system.now
      )
    )
  }

  /// Delivers a change of a member's, session's or tenant's standing.
  private func hear(_ change: MeshStore.Change) throws {
    let message = MeshAPI.Change(
      tenantId: "\(tenant)",
      action: change.action,
      object: change.object,
      id: change.id,
      after: change.after ?? []
    )
    func take<Value>(_ replica: Replica<Value>) throws {
      guard replica.source.object == change.object else { return }
      replica.take([try #require(replica.change(message)).row], log)
    }
    try take(standings.members)
    try take(standings.teams)
    try take(standings.sessions)
    try take(standings.tenants)
  }

  private func makeKnown() throws {
    standings.members.markComplete()
    standings.teams.markComplete()
    standings.sessions.markComplete()
    standings.tenants.markComplete()
    try hear(.standing(of: tenant, isOpen: true))
    try hear(.standing(of: member, isActive: true, roles: ["admin"]))
  }

  private func refusal() -> MeshError? {
    do throws(MeshError) {
      _ = try verifier.claims(of: token)
      return nil
    } catch {
      return error
    }
  }

  @Test func `is good while the member has access, in the roles of this moment`() throws {
    try makeKnown()
    #expect(try verifier.claims(of: token).roles == ["admin"])
    try hear(.standing(of: member, isActive: true, roles: ["read_only"]))
    #expect(try verifier.claims(of: token).roles == ["read_only"])
    try hear(.standing(of: member, isActive: true, roles: ["owner"]))
    #expect(try verifier.claims(of: token).roles == ["owner"])
  }

  @Test func `ends with the member's access, and is good again when they have it again`() throws {
    try makeKnown()
    #expect(refusal() == nil)
    try hear(.standing(of: member, isActive: false, roles: ["admin"]))
    #expect(refusal()?.code == .unauthenticated)
    try hear(.standing(of: member, isActive: true, roles: ["admin"]))
    #expect(refusal() == nil)
  }

  @Test func `ends with its session, which others of the member outlive`() throws {
    try makeKnown()
    try hear(.end(of: IDGenerator.system.next(), at: Clock.system.now))
    #expect(refusal() == nil)
    try hear(.end(of: session, at: Clock.system.now))
    #expect(refusal()?.code == .unauthenticated)
  }

  @Test func `is of no use while its tenant is suspended`() throws {
    try makeKnown()
    try hear(.standing(of: tenant, isOpen: false))
    #expect(refusal()?.reason == .tenantSuspended && refusal()?.code == .permissionDenied)
    try hear(.standing(of: tenant, isOpen: true))
    #expect(refusal() == nil)
  }

  @Test func `is neither good nor bad while it is not known who has access`() throws {
    #expect(refusal()?.code == .unavailable)
    standings.members.markComplete()
    standings.sessions.markComplete()
    #expect(refusal()?.code == .unavailable)
    standings.tenants.markComplete()
    #expect(refusal()?.message.contains("who has access") == true, "the teams are not known yet")
    standings.teams.markComplete()
    #expect(refusal()?.code == .unavailable, "its member and tenant are not known here yet")
    try makeKnown()
    #expect(refusal() == nil)
  }

  @Test func `is of a member who reaches what their teams reach at this moment`() throws {
    let (north, city): (TeamID, TeamID) = (
      IDGenerator.system.next(), IDGenerator.system.next()
    )
    let rep: MemberID = IDGenerator.system.next()
    func reached() -> TeamMembership { standings.membership(of: member, tenant) }
    #expect(reached() == TeamMembership() && !standings.isActive(north, tenant))
    try hear(.standing(of: north, TeamPlace(manager: member)))
    try hear(.standing(of: city, TeamPlace(parent: north, members: [rep])))
    let both = [north, city].sorted()
    #expect(reached() == TeamMembership(own: [north], teams: both, members: [rep]))
    try hear(.standing(of: city, TeamPlace(members: [rep])))
    #expect(reached() == TeamMembership(own: [north], teams: [north]))
    #expect(standings.isActive(north, tenant))
    #expect(
      !standings.isActive(north, IDGenerator.system.next()),
      "another tenant has no such team"
    )
    try hear(.end(of: north))
    #expect(reached() == TeamMembership() && !standings.isActive(north, tenant))
  }
}

import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshProto
import MeshRPC
import MeshService
import MeshStore
import MeshTesting
import Synchronization

@testable import AccessService

/// The handlers of Access over a store of their own, called directly.
struct AccessFixture {
  static let password = "correct horse battery"

  let clock = TestClock()
  let files: TestStore
  let rpc: AccessRPC
  let views: SavedViewsRPC
  let teams: TeamsRPC
  let access: AccessGate
  let verifier: TokenVerifier
  let tenant: TenantID = IDGenerator.system.next()
  /// How long a session lasts in which nobody does anything.
  let idleLimit = TestIdleLimit()

  /// A store of its own.
  ///
  /// - Parameters:
  ///   - fill: writes what was in the store before members were records; nil for a new one.
  ///   - passwords: in place of a keeper of its own.
  ///   - plans: notes how each query is made.
  /// - Throws: what the store throws.
  init(
    upgrading fill: ((Store, TenantID) async throws -> Void)? = nil,
    passwords: PasswordKeeper? = nil,
    plans: PlanLog? = nil
  ) async throws {
    let migrations = AccessService.migrations
    if let fill {
      files = try await TestStore(
        "access",
        migrations,
        upgradedFrom: 1,
        clock: clock.clock
      ) { [tenant] store in try await fill(store, tenant) }
    } else {
      files = try TestStore("access", migrations, clock: clock.clock, plans: plans)
    }
    let keeper = try await PasswordKeeper()
    let (clock, limit) = (clock.clock, idleLimit)
    let key = try Ed25519PrivateKey.generate()
    verifier = TokenVerifier(keys: [key.publicKey], clock: clock)
    access = AccessGate(verifier: verifier, policy: Policy(grants: AccessObjects.grants))
    rpc = AccessRPC(
      store: files.store,
      access: access,
      passwords: passwords ?? keeper,
      tokens: TokenIssuer(signer: TokenSigner(key), clock: clock),
      idleLimit: { _ in limit.value },
      clock: clock,
      log: Log(service: "access", level: .error)
    )
    views = SavedViewsRPC(files.store, access)
    teams = TeamsRPC(files.store, access, idleLimit: { _ in limit.value })
  }

  // MARK: Calls

  /// A call of a process of the mesh, in the fixture's tenant unless told otherwise.
  func call(as system: String, in tenant: TenantID? = nil, path: String = "/test") -> Call {
    Call(
      caller: Caller(tenant: tenant ?? self.tenant, identity: .system(system)),
      path: path,
      origin: Origin(requestID: "request-1", address: "192.0.2.1", agent: "test")
    )
  }

  /// A call with the token of a login.
  func call(_ login: LoginResponse, path: String = "/test") throws -> Call {
    let claims = try verifier.claims(of: login.accessToken)
    return Call(
      caller: Caller(
        tenant: claims.tenant,
        identity: .member(claims.member),
        roles: claims.roles,
        session: claims.session
      ),
      path: path
    )
  }

  // MARK: What tests begin with

  /// Makes the owner of a tenant.
  @discardableResult
  func makeOwner(
    _ email: String = "owner@acme.example",
    in tenant: TenantID? = nil,
    password: String = password
  ) async throws -> Member {
    try await rpc.createOwner(
      CreateOwnerRequest(
        member: Member(email: email, displayName: "Olive Owner"),
        password: password
      ),
      call(as: "tenants", in: tenant)
    )
  }

  /// Has the operator add a member to the fixture's tenant.
  func addMember(_ email: String, role: String = "rep") async throws -> Member {
    try await rpc.createMember(
      CreateMemberRequest(
        member: Member(email: email, displayName: "Member \(email)", role: role),
        password: Self.password
      ),
      call(as: "operator")
    )
  }

  func login(
    _ email: String = "owner@acme.example",
    in tenant: TenantID? = nil,
    password: String = password,
    device: String = ""
  ) async throws -> LoginResponse {
    try await rpc.login(
      LoginRequest(email: email, password: password, deviceToken: device),
      call(as: "gateway", in: tenant)
    )
  }

  /// Renews the session of a login, or of a renewal, `idle` seconds after its member did anything.
  func renew(
    _ login: LoginResponse,
    idle: Int32 = 0,
    in tenant: TenantID? = nil
  ) async throws -> LoginResponse {
    try await rpc.renewToken(
      RenewTokenRequest(refreshToken: login.refreshToken, idleSeconds: idle),
      call(as: "gateway", in: tenant)
    )
  }

  /// Tries wrong passwords.
  func failLogins(_ count: Int, _ email: String = "owner@acme.example") async {
    for _ in 0..<count { _ = try? await login(email, password: "wrong") }
  }
}

/// An idle limit that tests change.
final class TestIdleLimit: Sendable {
  private let limit = Mutex(IdleLimit.usual)

  var value: IdleLimit {
    get { limit.withLock { $0 } }
    set { limit.withLock { $0 = newValue } }
  }
}

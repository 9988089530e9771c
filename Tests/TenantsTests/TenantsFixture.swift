import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshRPC
import MeshService
import MeshStore
import MeshTesting
import Synchronization
import TenantsAPI

@testable import TenantsService

/// The handlers of Tenants over a store of their own, called directly, beside an Access that does
/// what a test wants.
struct TenantsFixture {
  let clock = TestClock()
  let files: TestStore
  let access: AccessDouble
  let rpc: TenantsRPC
  private let runner: CommandRunner

  /// Handlers over a store.
  ///
  /// - Parameter files: one that has something in it; nil for a new one.
  /// - Throws: what the store throws.
  init(_ files: TestStore? = nil) throws {
    let files =
      try files ?? TestStore("tenants", TenantsService.migrations, clock: clock.clock)
    self.files = files
    access = AccessDouble()
    let log = Log(service: "tenants", level: .error)
    let creations = Commands(
      TenantCreation(store: files.store, owners: access.accounts),
      files.store,
      log
    )
    runner = CommandRunner([creations], files.store, log)
    rpc = TenantsRPC(
      store: files.store,
      access: AccessGate(
        verifier: TokenVerifier(
          keys: [try Ed25519PrivateKey.generate().publicKey],
          clock: clock.clock
        ),
        policy: Policy(grants: TenantsObjects.grants)
      ),
      creations: creations
    )
  }

  /// Carries on, as in the background, the creations that are due.
  @LoopActor
  func resume() async throws {
    for task in try await runner.resumeDue() { await task.value }
  }

  // MARK: Calls

  var operatorCall: Call {
    Call(caller: Caller(tenant: nil, identity: .system("operator")), path: "/test")
  }

  /// A call of a member of a tenant.
  func memberCall(_ tenant: Tenant, roles: [String] = ["admin"]) -> Call {
    let caller = Caller(
      tenant: tenant.id,
      identity: .member(IDGenerator.system.next()),
      roles: roles,
      session: IDGenerator.system.next()
    )
    return Call(caller: caller, path: "/test")
  }

  // MARK: What tests begin with

  static func request(
    _ subdomain: String = "acme",
    key: String = "",
    password: String = "long enough password"
  ) -> CreateTenantRequest {
    CreateTenantRequest(
      tenant: Tenant(subdomain: subdomain, displayName: "The \(subdomain) company"),
      owner: TenantOwner(email: "owner@\(subdomain).example", password: password),
      requestId: key
    )
  }

  func create(_ request: CreateTenantRequest = request()) async throws -> Tenant {
    try await rpc.createTenant(request, operatorCall)
  }

  func tenant(_ subdomain: String = "acme") async throws -> Tenant? {
    do {
      return try await rpc.getTenant(GetTenantRequest(subdomain: subdomain), operatorCall)
    } catch let error as MeshError where error.code == .notFound {
      return nil
    }
  }
}

/// Stands for Access: keeps owners by tenant, and fails as told.
final class AccessDouble: Sendable {
  /// What happens to the next owners that are asked for.
  enum Behaviour {
    case working
    /// Answers with an error and makes nobody.
    case refusing(MeshError)
    /// Makes the owner, and the answer is lost.
    case losingAnswers
  }

  private struct State {
    var behaviour = Behaviour.working
    var owners: [TenantID: TenantOwner] = [:]
    var requests = 0
  }

  private let state = Mutex(State())

  var owners: [TenantID: TenantOwner] { state.withLock { $0.owners } }
  /// How many owners were asked for.
  var requests: Int { state.withLock { $0.requests } }

  /// Has an owner of a tenant without being asked for one.
  func own(_ owner: TenantOwner, _ tenant: TenantID) {
    state.withLock { $0.owners[tenant] = owner }
  }

  func behave(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }

  var accounts: OwnerAccounts {
    OwnerAccounts(
      create: { @LoopActor [self] (owner, options) async throws(MeshError) in
        let tenant = try tenant(of: options)
        try state.withLock { (state) throws(MeshError) in
          state.requests += 1
          switch state.behaviour {
          case .working: state.owners[tenant] = owner
          case .refusing(let error): throw error
          case .losingAnswers:
            state.owners[tenant] = owner
            throw .unavailable("the connection broke")
          }
        }
      },
      exist: { @LoopActor [self] (options) async throws(MeshError) in
        owners[try tenant(of: options)] != nil
      }
    )
  }

  private func tenant(of options: CallOptions) throws(MeshError) -> TenantID {
    guard case .system("tenants", let tenant?, _) = options.authorization else {
      throw .unauthenticated("Tenants did not say which tenant it acts in")
    }
    return tenant
  }
}

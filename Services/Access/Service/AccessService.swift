import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService
package import MeshStore
import TenantsAPI

/// Members of tenants and their teams, logins, tokens and saved views.
package struct AccessService: Service {
  package static let name = "access"
  package static let summary = "members, teams, passwords, sessions, tokens and saved views"
  // A session or link that ended after the backup must not be valid again when it is restored.
  package static let transient = ["sessions", "password_resets"]
  package static let grants = AccessObjects.grants
  package static let schemas = AccessObjects.schemas

  private let tenants = Replica(of: Tenant.self, in: "tenants") { IdleLimit($0) }
  private let rpc: AccessRPC
  private let views: SavedViewsRPC
  private let teams: TeamsRPC

  /// - Throws: naming the setting and the file when the key is missing, is malformed, or is
  ///   readable by users other than its owner.
  @LoopActor
  package init(settings: Settings, runtime: ServiceRuntime) async throws {
    let tenants = tenants
    let path = settings.tokenKey ?? "\(runtime.mesh.dataFolder)/keys/token.pem"
    let idleLimit: @Sendable (TenantID) -> IdleLimit = { tenants[$0, $0] ?? .usual }
    rpc = AccessRPC(
      store: runtime.store,
      access: runtime.access,
      passwords: try await PasswordKeeper(),
      tokens: TokenIssuer(signer: try Self.signer(keyAt: path), clock: runtime.clock),
      idleLimit: idleLimit,
      clock: runtime.clock,
      log: runtime.log
    )
    views = SavedViewsRPC(runtime.store, runtime.access)
    teams = TeamsRPC(runtime.store, runtime.access, idleLimit: idleLimit)
  }

  private static func signer(keyAt path: String) throws -> TokenSigner {
    do {
      return TokenSigner(try Ed25519PrivateKey(pem: try SmallFile.secret(path)))
    } catch is CryptoError {
      throw SettingsError(faults: ["LEADMESH_TOKEN_KEY: \(path) contains no Ed25519 private key"])
    } catch {
      throw SettingsError(faults: ["LEADMESH_TOKEN_KEY: \(error)"])
    }
  }

  package var records: [any RecordCollection] {
    [rpc.members, views.savedViews, teams.teams]
  }
  package var replicas: [any Replicated] { [tenants] }

  /// What every service knows about members, teams and sessions.
  package var snapshots: [any SnapshotSource] {
    [
      StandingSource.members("tenant_id, id, active, owner, role", from: "members") { row in
        let isActive: Bool = try row.next()
        let isOwner: Bool = try row.next()
        return (isActive, Member.tokenRoles(isOwner: isOwner, role: try row.next()))
      },
      Team.standings,
      StandingSource.sessionEnds(
        "tenant_id, id, end_time",
        from: "sessions",
        where: "end_time IS NOT NULL"
      ),
    ]
  }

  @LoopActor
  package func register(in router: inout RPCRouter) {
    rpc.register(in: &router)
    views.register(in: &router)
    teams.register(in: &router)
  }
}

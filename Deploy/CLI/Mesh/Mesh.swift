import AccessAPI
import Glibc
import DealsAPI
import LeadsAPI
import MeshCore
import MeshCrypto
import MeshLoop
import MeshRPC
import TasksAPI
import TenantsAPI

/// The operator's client of a folder's running mesh.
@LoopActor
struct Mesh {
  let folder: MeshFolder
  let tenants: TenantsServiceClient
  let access: AccessServiceClient
  let teams: TeamsServiceClient
  let imports: ImportsServiceClient
  let recordImports: RecordImportsServiceClient
  let taskImports: TaskImportsServiceClient
  let pipelines: PipelinesServiceClient

  /// How long a service may be unavailable while `leadmesh up` runs and will restart it.
  private static let restartTime = Duration.seconds(60)
  /// After which it is said that a service is waited for.
  private static let silence = Duration.seconds(3)
  /// How long a service may be unavailable when no `leadmesh up` is running.
  private static let absence = Duration.seconds(5)

  init(_ folder: MeshFolder) {
    self.folder = folder
    tenants = TenantsServiceClient(folder.channel(to: "tenants"))
    access = AccessServiceClient(folder.channel(to: "access"))
    teams = TeamsServiceClient(folder.channel(to: "access"))
    imports = ImportsServiceClient(folder.channel(to: "leads"))
    recordImports = RecordImportsServiceClient(folder.channel(to: "deals"))
    taskImports = TaskImportsServiceClient(folder.channel(to: "tasks"))
    pipelines = PipelinesServiceClient(folder.channel(to: "deals"))
  }

  /// The credential of an operator's call.
  func options(in tenant: TenantID? = nil, within timeout: Duration? = nil) -> CallOptions {
    CallOptions(timeout: timeout, authorization: .system("operator", tenant: tenant))
  }

  /// A new idempotency key.
  nonisolated static func newRequestID() -> String { Hex.encode(SecureRandom.bytes(16)) }

  /// Makes a call, and retries it while its service is unavailable, so that a restart goes
  /// unnoticed.
  ///
  /// - Parameter call: has no side effects, or carries an idempotency key.
  /// - Returns: the service's response.
  /// - Throws: `.failed` with the service's error, or when it does not come back.
  func ask<Response>(
    _ call: () async throws(MeshError) -> Response
  ) async throws(CommandError) -> Response {
    let since = Deadline.now
    var isTold = false
    while true {
      do throws(MeshError) {
        return try await call()
      } catch {
        guard error.isTemporary else { throw CommandError(error) }
        let isSupervised = FolderLock.holder(of: folder) != nil
        let patience = isSupervised ? Self.restartTime : Self.absence
        if since.advanced(by: patience).hasPassed || !isSupervised && !hasSockets {
          throw .failed(
            isSupervised
              ? "the service does not answer: \(error.message)"
              : "no mesh is running in \(folder.path): start it with leadmesh up"
          )
        }
        if !isTold, since.advanced(by: Self.silence).hasPassed {
          isTold = true
          Terminal.complain(
            "the service does not answer: \(error.message); trying for \(Self.restartTime.components.seconds) s"
          )
        }
        try await pause(.milliseconds(100))
      }
    }
  }

  private var hasSockets: Bool {
    MeshFolder.services.contains { Glibc.access(folder.socket(of: $0), F_OK) == 0 }
  }

  /// The tenant with a subdomain.
  ///
  /// - Throws: `.failed` when there is none.
  func tenant(_ subdomain: String) async throws(CommandError) -> (tenant: Tenant, id: TenantID) {
    guard let found = try await findTenant(subdomain) else {
      throw .failed("no tenant has the subdomain “\(subdomain)”; see leadmesh tenant list")
    }
    return found
  }

  /// The id of the member with an e-mail address, in any case.
  ///
  /// - Throws: `.failed` when the tenant has no such member.
  func member(_ email: String, of tenant: TenantID) async throws(CommandError) -> MemberID {
    let wanted = EmailAddress.folded(email)
    var token = ""
    repeat {
      let place = token
      let page = try await ask { () async throws(MeshError) in
        try await access.listMembers(
          ListMembersRequest(pageSize: 1_000, pageToken: place),
          options(in: tenant)
        )
      }
      let found = page.members.first { EmailAddress.folded($0.email) == wanted }
      if let id = found?.id { return id }
      token = page.nextPageToken
    } while !token.isEmpty
    throw .failed("the tenant has no member with the address “\(email)”")
  }

  /// The tenant with a subdomain; nil when there is none.
  func findTenant(
    _ subdomain: String
  ) async throws(CommandError) -> (tenant: Tenant, id: TenantID)? {
    let tenant = try await ask { () async throws(MeshError) -> Tenant? in
      do throws(MeshError) {
        return try await tenants.getTenant(GetTenantRequest(subdomain: subdomain), options())
      } catch {
        if error.code == .notFound { return nil }
        throw error
      }
    }
    guard let tenant else { return nil }
    guard let id = tenant.id else {
      throw .failed("the id of tenant \(subdomain) cannot be read")
    }
    return (tenant, id)
  }
}

extension MeshFolder {
  /// The connection to those processes of a service that answer.
  func channel(to service: String) -> Channel {
    let sockets = processes(of: service).map(socket)
    return Channel(to: sockets.map { .unix(path: $0) }, patience: .milliseconds(200))
  }
}

extension MeshError {
  /// Whether the same call may succeed if it is retried.
  var isTemporary: Bool { code == .unavailable || code == .deadlineExceeded }
}

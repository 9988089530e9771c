import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshStore
import TenantsAPI

/// Creates tenants: a row here and an owner in Access, both or neither.
///
/// 1. The name is reserved for a pending tenant, under a lease.
/// 2. Access creates the owner. If it refuses, the pending tenant is withdrawn.
/// 3. The pending tenant becomes a tenant.
///
/// The password is passed on and never stored, so the service cannot repeat an attempt that was
/// interrupted between these steps. It settles the attempt once the lease has expired: if Access
/// has the owner, step 3 is done; if not, the pending tenant is withdrawn.
struct Provisioning: Sendable {
  let store: Store
  let owners: OwnerAccounts
  let clock: Clock
  let log: Log

  fileprivate enum Beginning {
    case begun(PendingTenant)
    /// Created by an earlier call with the same idempotency key.
    case done(Tenant)
  }

  /// Creates a tenant with its owner.
  ///
  /// - Parameters:
  ///   - draft: the new tenant, checked.
  ///   - owner: the first member.
  ///   - request: distinguishes requests under the same key; without the password, which is not
  ///     stored.
  ///   - call: the operator's.
  /// - Returns: the tenant, or the one created earlier under the same key.
  /// - Throws: ALREADY_EXISTS for a name that is taken; UNAVAILABLE while another attempt reserves
  ///   it, and when the outcome of this one is unknown; INVALID_ARGUMENT when Access refuses the
  ///   owner.
  @LoopActor
  func create(
    _ draft: Tenant,
    owner: TenantOwner,
    _ request: CreateTenantRequest,
    _ call: Call
  ) async throws -> Tenant {
    try await settleAbandoned(subdomain: draft.subdomain)
    let hash = SHA256.hash(request.wireBytes())
    let beginning = try await store.systemWrite(as: Author(call)) { transaction in
      try transaction.begin(draft, request, hash, call)
    }
    switch beginning {
    case .done(let tenant): return tenant
    case .begun(let pending): return try await finish(pending, owner, call)
    }
  }

  @LoopActor
  private func finish(
    _ pending: PendingTenant,
    _ owner: TenantOwner,
    _ call: Call
  ) async throws -> Tenant {
    do throws(MeshError) {
      try await owners.create(owner, pending.id, call.origin)
    } catch {
      // If this fails too, the pending tenant is settled when its lease expires.
      if error.isRefusal { try? await withdraw(pending) }
      throw error
    }
    return try await store.systemWrite(as: Author(call)) { try $0.activate(pending) }
  }

  // MARK: Abandoned attempts

  /// Settles attempts whose lease has expired, for as long as the task runs.
  @LoopActor
  func run() async {
    while !Task.isCancelled {
      do {
        try await settleAbandoned()
      } catch {
        log.warning("tenants_not_settled", ["error": .cause(error)])
      }
      try? await sleep(for: PendingTenant.lease)
    }
  }

  /// Settles every attempt whose lease has expired.
  @LoopActor
  func settleAbandoned() async throws {
    let now = clock.now
    for pending in try await store.systemRead({ try $0.abandonedTenants(at: now) }) {
      try await settle(pending)
    }
  }

  /// - Throws: UNAVAILABLE while another attempt reserves that name.
  @LoopActor
  private func settleAbandoned(subdomain: String) async throws {
    let found = try await store.systemRead { try $0.pendingTenant(subdomain: subdomain) }
    guard let found else { return }
    guard found.isAbandoned(at: clock.now) else { throw TenantFault.beingCreated }
    try await settle(found)
  }

  @LoopActor
  private func settle(_ pending: PendingTenant) async throws {
    if try await owners.exist(pending.id) {
      _ = try await store.systemWrite(as: .service) { try $0.activate(pending) }
      log.info("tenant_completed", ["tenant": .id("\(pending.id)")])
    } else {
      try await withdraw(pending)
      log.info("tenant_withdrawn", ["tenant": .id("\(pending.id)")])
    }
  }

  private func withdraw(_ pending: PendingTenant) async throws {
    try await store.systemWrite(as: .service) { try $0.withdraw(pending) }
  }
}

extension SystemWriteTransaction {
  /// Reserves the name for a pending tenant, unless a tenant was created under the call's key
  /// before.
  fileprivate func begin(
    _ draft: Tenant,
    _ request: CreateTenantRequest,
    _ hash: [UInt8],
    _ call: Call
  ) throws -> Provisioning.Beginning {
    // The key is bound to the tenant's id even if the attempt fails, so a request that is repeated
    // after a refusal is tried again.
    let id = try once(
      key: request.requestId.isEmpty ? call.idempotencyKey : request.requestId,
      method: call.path,
      requestHash: hash,
      encode: { (id: TenantID) in id.bytes },
      decode: { bytes in
        guard let id = TenantID(bytes: bytes) else { throw MeshError.internalFailure() }
        return id
      }
    ) { ids.next() }
    if let tenant = try tenant(id) { return .done(tenant) }
    guard try pendingTenant(id) == nil else { throw TenantFault.beingCreated }
    guard try hold(draft.subdomain, for: id) else {
      let isPending = try pendingTenant(subdomain: draft.subdomain) != nil
      throw isPending ? TenantFault.beingCreated : .subdomainTaken
    }
    let pending = PendingTenant(id: id, draft: draft, leaseEnd: now + PendingTenant.lease)
    try insert(pending)
    return .begun(pending)
  }
}

extension Author {
  /// The service itself, when it completes abandoned attempts.
  fileprivate static let service = Author(actor: "system:tenants")
}

extension MeshError {
  /// Whether the call was refused before it had any effect.
  fileprivate var isRefusal: Bool {
    switch code {
    case .invalidArgument, .unauthenticated, .permissionDenied, .unimplemented: true
    default: false
    }
  }
}

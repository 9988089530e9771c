import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func getSession(_ request: GetSessionRequest, _ call: Call) async throws -> AccessAPI.Session {
    let (now, limit) = (clock.now, idleLimit(call.tenant))
    let (session, member) = try await store.read(call.tenant) { transaction in
      try transaction.standing(call, at: now, limit)
    }
    // As the member is now: who asks because a role changed must not be answered with the former one.
    let permissions = Policy.ofMesh.permissions(of: member.tokenRoles)
    return AccessAPI.Session(
      member: member,
      tenantId: call.tenant.description,
      permissions: permissions.map(\.description),
      expireTime: session.expireTime,
      idleExpireTime: session.idleExpireTime(limit),
      idleLimitSeconds: limit.seconds
    )
  }
}

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
    // As the member and the teams are now: a caller who asks because one changed must not get the
    // earlier state.
    let (session, member, reached) = try await store.read(call.tenant) { transaction in
      let (session, member) = try transaction.standing(call, at: now, limit)
      let reached = try transaction.reachedTeams(of: session.member, member.reaches)
      return (session, member, reached)
    }
    let permissions = Policy.ofMesh.permissions(of: member.tokenRoles)
    return AccessAPI.Session(
      member: member,
      tenantId: call.tenant.description,
      permissions: permissions.map(\.description),
      expireTime: session.expireTime,
      idleExpireTime: session.idleExpireTime(limit),
      idleLimitSeconds: limit.seconds,
      reaches: member.reaches,
      reachedTeamIds: reached.teams.map(\.description),
      reachedMemberIds: reached.members.map(\.description)
    )
  }
}

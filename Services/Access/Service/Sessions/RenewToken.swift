import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func renewToken(_ request: RenewTokenRequest, _ call: Call) async throws -> LoginResponse {
    let now = clock.now
    let (session, member) = try await store.read(call.tenant) { transaction in
      try transaction.standing(call, at: now)
    }
    return tokens.grant(session, of: member, in: call.tenant)
  }
}

import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func logout(_ request: LogoutRequest, _ call: Call) async throws -> LogoutResponse {
    guard let id = call.caller.session else { return LogoutResponse() }
    try await store.write(call.tenant, as: Author(call)) { transaction in
      if let session = try transaction.session(id) { try transaction.endSession(session) }
    }
    return LogoutResponse()
  }
}

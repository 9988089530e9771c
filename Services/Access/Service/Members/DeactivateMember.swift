import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords

extension AccessRPC {
  @LoopActor
  func deactivateMember(_ request: DeactivateMemberRequest, _ call: Call) async throws -> Member {
    try await members.change(request.id, action: "update", request, call) { member in
      if member.id == call.caller.member { throw MemberFault.cannotDeactivateSelf }
      return try member.deactivated()
    }
  }
}

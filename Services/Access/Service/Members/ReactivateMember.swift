import AccessAPI
import MeshLoop
import MeshRPC
import MeshRecords

extension AccessRPC {
  @LoopActor
  func reactivateMember(_ request: ReactivateMemberRequest, _ call: Call) async throws -> Member {
    try await members.change(request.id, action: "update", request, call) { member in
      var member = member
      member.active = true
      return member
    }
  }
}

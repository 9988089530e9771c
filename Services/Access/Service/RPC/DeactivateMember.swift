import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func deactivateMember(
    _ request: DeactivateMemberRequest,
    _ call: Call
  ) async throws -> AccessAPI.Member {
    let id = try requireMemberID(request.id)
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try requireCurrentRole(call, to: "edit", in: transaction)
      let member = try editableMember(id, call, in: transaction)
      let deactivated = try faults { () throws(MemberFault) in try member.deactivated() }
      return view(try transaction.updateMember(member, to: deactivated), call)
    }
  }
}

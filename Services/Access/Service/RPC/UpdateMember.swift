import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension AccessRPC {
  @LoopActor
  func updateMember(
    _ request: UpdateMemberRequest,
    _ call: Call
  ) async throws -> AccessAPI.Member {
    guard let message = request.member else { throw MeshError.invalid("member", "is missing") }
    let id = try requireMemberID(message.id)
    let edit = try faults { () throws(MemberFault) in
      try MemberEdit(
        mask: request.updateMask?.paths ?? [],
        draft: message.draft,
        etag: message.etag
      )
    }
    try access.fields(call, "member").checkEditable(edit.fields.map(\.rawValue))
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try requireCurrentRole(call, to: "edit", in: transaction)
      return try transaction.once(request, key: request.requestId, call) {
        let member = try editableMember(id, call, in: transaction)
        let edited = try faults { () throws(MemberFault) in try member.applying(edit) }
        return view(try transaction.updateMember(member, to: edited), call)
      }
    }
  }

  /// The member of that id, whom the caller may edit.
  ///
  /// - Throws: NOT_FOUND for one whom the caller may not even read; else PERMISSION_DENIED.
  func editableMember(
    _ id: MemberID,
    _ call: Call,
    in transaction: WriteTransaction
  ) throws -> Member {
    guard let member = try transaction.member(id, scope(call, .read)) else {
      throw MeshError.notFound("member", "\(id)")
    }
    guard access.records(call, "member", .edit).includes(owner: id) else {
      throw MeshError.permissionDenied("you may not change this member")
    }
    return member
  }
}

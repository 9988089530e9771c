import AccessAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore

extension AccessRPC {
  @LoopActor
  func createMember(_ request: CreateMemberRequest, _ call: Call) async throws -> Member {
    var key = request
    key.password = ""
    return try await add(
      request.member,
      request.password,
      isOwner: false,
      key,
      idempotencyKey: request.requestId,
      call
    )
  }

  /// Adds a member once for each idempotency key.
  ///
  /// The store keeps a hash of the request for a day. A fast hash of a password would give it away, so
  /// the request comes without, and a repeated one has its password compared with the member's.
  ///
  /// - Parameters:
  ///   - draft: who is added.
  ///   - password: what they log in with first.
  ///   - isOwner: whether they own the tenant.
  ///   - request: without the password.
  ///   - idempotencyKey: the request's `request_id`.
  ///   - call: who adds.
  /// - Returns: the member as the caller may see them.
  /// - Throws: what is wrong with the member; FAILED_PRECONDITION with reason IDEMPOTENCY_CONFLICT when
  ///   the key was used for another request.
  @LoopActor
  func add<Request: Message>(
    _ draft: Member?,
    _ password: String,
    isOwner: Bool,
    _ request: Request,
    idempotencyKey: String,
    _ call: Call
  ) async throws -> Member {
    let first = try await passwords.first(password, of: draft?.email ?? "")
    let new = NewMember(isOwner: isOwner, password: first)
    let (member, isNew) = try await members.createOrAgain(
      draft,
      named: "member",
      request,
      key: idempotencyKey,
      call,
      by: { MemberRules(transaction: $0, new: new) }
    )
    if !isNew { try await compare(password, of: member, call) }
    return member
  }

  /// - Throws: FAILED_PRECONDITION when a repeated request brings another password.
  @LoopActor
  private func compare(_ password: String, of member: Member, _ call: Call) async throws {
    let known = try await store.read(call.tenant) { try $0.credential(of: member.email) }
    guard try await passwords.matches(password, known?.password) else {
      throw MeshError.failedPrecondition(
        "this request id was used for another request",
        reason: .idempotencyConflict
      )
    }
  }
}

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
  /// The store keeps a hash of the request for a day. A fast hash of a password could be cracked,
  /// so the hashed request has none, and a repeated request's password is compared with the
  /// member's.
  ///
  /// - Parameters:
  ///   - draft: the member to add.
  ///   - password: their initial password.
  ///   - isOwner: whether they own the tenant.
  ///   - request: the request without the password.
  ///   - idempotencyKey: the request's `request_id`.
  ///   - call: the caller's.
  /// - Returns: the member with the fields the caller may see.
  /// - Throws: what is wrong with the member; FAILED_PRECONDITION with reason IDEMPOTENCY_CONFLICT
  ///   when the key was used for another request.
  @LoopActor
  func add<Request: Message>(
    _ draft: Member?,
    _ password: String,
    isOwner: Bool,
    _ request: Request,
    idempotencyKey: String,
    _ call: Call
  ) async throws -> Member {
    try draft?.requireBounded(by: Member.schema)
    let isFit = draft.map { members.isFit($0, call) } ?? false
    let first = try await passwords.first(password, of: draft, isFit: isFit, call.tenant)
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

  /// - Throws: FAILED_PRECONDITION when a repeated request has a different password.
  @LoopActor
  private func compare(_ password: String, of member: Member, _ call: Call) async throws {
    let known = try await store.read(call.tenant) { try $0.credential(of: member.email) }
    guard try await passwords.matches(password, known?.password, call.tenant) != .none else {
      throw MeshError.failedPrecondition(
        "this request id was used for another request",
        reason: .idempotencyConflict
      )
    }
  }
}

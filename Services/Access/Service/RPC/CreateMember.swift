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
  func createMember(
    _ request: CreateMemberRequest,
    _ call: Call
  ) async throws -> AccessAPI.Member {
    guard let message = request.member else { throw MeshError.invalid("member", "is missing") }
    try access.fields(call, "member").checkEditable(message.filledFields)
    let new = try faults { () throws(MemberFault) in
      try NewMember(message.draft, password: request.password)
    }
    var key = request
    key.password = ""
    return try await add(new, isOwner: false, key, idempotencyKey: request.requestId, call) {
      transaction in
      try requireCurrentRole(call, to: "create", in: transaction)
      guard try transaction.owner() != nil else {
        throw MeshError.failedPrecondition("the tenant has no owner; it is created first")
      }
    }
  }

  /// Adds a member once for each idempotency key.
  ///
  /// The store keeps a hash of the request for a day. A fast hash of a password would give it away, so
  /// the request comes without, and a repeated one has its password compared with the member's.
  ///
  /// - Parameters:
  ///   - new: who is added.
  ///   - isOwner: whether they own the tenant.
  ///   - request: without the password.
  ///   - idempotencyKey: the idempotency key in the request, or nothing.
  ///   - call: who adds.
  ///   - check: what must hold in the transaction.
  /// - Returns: the member as the caller may see them.
  /// - Throws: ALREADY_EXISTS when another member has the address; FAILED_PRECONDITION with reason
  ///   IDEMPOTENCY_CONFLICT when the key was used for another request; what `check` throws.
  @LoopActor
  func add<Request: Message>(
    _ new: NewMember,
    isOwner: Bool,
    _ request: Request,
    idempotencyKey: String,
    _ call: Call,
    check: @escaping @Sendable (WriteTransaction) throws -> Void
  ) async throws -> AccessAPI.Member {
    let hash = try await passwords.hash(new.password)
    let view = { @Sendable [self] (member: Member) in self.view(member, call) }
    let (member, isRepeated) = try await store.write(call.tenant, as: Author(call)) { transaction in
      var isRepeated = true
      let member = try transaction.once(request, key: idempotencyKey, call) {
        isRepeated = false
        try check(transaction)
        guard
          let member = try transaction.createMember(new.profile, isOwner: isOwner, hash)
        else { throw MeshError.alreadyExists("member.email", "is another member's") }
        return view(member)
      }
      return (member, isRepeated)
    }
    if isRepeated { try await comparePassword(of: new, call) }
    return member
  }

  /// - Throws: FAILED_PRECONDITION when a repeated request brings another password.
  @LoopActor
  private func comparePassword(of new: NewMember, _ call: Call) async throws {
    let emailKey = new.profile.emailKey
    let known = try await store.read(call.tenant) { try $0.credential(emailKey: emailKey) }
    guard try await passwords.matches(new.password.text, known?.password) else {
      throw MeshError.failedPrecondition(
        "this request id was used for another request",
        reason: .idempotencyConflict
      )
    }
  }
}

import AccessAPI
import MeshAccess
import MeshCore
import MeshRPC
import MeshService
import MeshStore

/// What the handlers of members and sessions work with.
///
/// Each handler decodes, asks what the caller may, applies the rules and stores, in that order.
struct AccessRPC: Sendable {
  let store: Store
  let access: AccessGate
  let passwords: PasswordKeeper
  let tokens: TokenIssuer
  let clock: Clock
  let log: Log

  /// Members that a caller may do something with, as a condition on the table of members.
  func scope(_ call: Call, _ action: RecordAction) -> SQL {
    access.records(call, "member", action).predicate(owner: "id")
  }

  /// The member as the caller may see them.
  func view(_ member: Member, _ call: Call) -> AccessAPI.Member {
    AccessAPI.Member(member).showing(access.fields(call, "member").visible)
  }

  /// Refuses a caller whose token says more than is so by now.
  ///
  /// A token is good for 15 minutes, whatever happens meanwhile; who manages members is asked again.
  ///
  /// - Throws: UNAUTHENTICATED when the session has ended; PERMISSION_DENIED when the member's role
  ///   allows `action` no more.
  func requireCurrentRole(
    _ call: Call,
    to action: String,
    in transaction: WriteTransaction
  ) throws {
    guard call.caller.member != nil else { return }
    let member = try transaction.standing(call, at: transaction.now).member
    let caller = Caller(
      tenant: call.tenant,
      identity: call.caller.identity,
      roles: member.tokenRoles,
      session: call.caller.session
    )
    guard access.may(Call(caller: caller, path: call.path), "member", action) else {
      throw MeshError.permissionDenied("your role has changed")
    }
  }
}

extension AccessRPC: AccessServiceHandlers {}

extension ReadTransaction {
  /// The caller's session and the caller, as they are now.
  ///
  /// - Throws: UNAUTHENTICATED when the session has ended or the member has no access.
  func standing(_ call: Call, at now: Timestamp) throws -> (session: Session, member: Member) {
    guard let session = try call.caller.session.flatMap({ try session($0) }),
      session.stands(at: now), session.member == call.caller.member,
      let member = try member(session.member), member.isActive
    else { throw MeshError.unauthenticated("the session has ended; log in again") }
    return (session, member)
  }
}

/// A member's id that a request names.
///
/// - Throws: NOT_FOUND when the text is no id of a member: nobody has it.
func requireMemberID(_ text: String) throws(MeshError) -> MemberID {
  guard let id = MemberID(text) else { throw .notFound("member", text) }
  return id
}

import AccessAPI
import MeshAccess
import MeshCore
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

/// The handlers of members and sessions; the standard methods of members are generic.
struct AccessRPC: AccessServiceHandlers, MemberMethods {
  /// The lock of all writes of members, passwords and sessions: a session that begins while the password changes, or
  /// while its member is deactivated, could outlive that.
  static let lock = "members"

  let store: Store
  let passwords: PasswordKeeper
  let tokens: TokenIssuer
  /// How long an idle session of a tenant lasts.
  let idleLimit: @Sendable (TenantID) -> IdleLimit
  let clock: Clock
  let log: Log
  let members: Records<Member>

  init(
    store: Store,
    access gate: AccessGate,
    passwords: PasswordKeeper,
    tokens: TokenIssuer,
    idleLimit: @escaping @Sendable (TenantID) -> IdleLimit,
    clock: Clock,
    log: Log
  ) {
    self.store = store
    self.passwords = passwords
    self.tokens = tokens
    self.idleLimit = idleLimit
    self.clock = clock
    self.log = log
    members = Records(
      store,
      gate,
      lock: Self.lock,
      guarded: [
        "issue_password_reset": RecordAction("reset_password"),
        "reset_password": RecordAction("reset_password"),
      ],
      admit: { call, transaction in
        try transaction.requireCurrentRole(call, idleLimit(call.tenant))
      },
      rules: { MemberRules(transaction: $0) }
    )
  }
}

extension ReadTransaction {
  /// The caller's current session and member record.
  ///
  /// - Throws: UNAUTHENTICATED when the session has ended or the member has no access.
  func standing(
    _ call: Call,
    at now: Timestamp,
    _ limit: IdleLimit
  ) throws -> (session: Session, member: Member) {
    guard let session = try call.caller.session.flatMap({ try session($0) }),
      session.stands(at: now, limit), session.member == call.caller.member,
      let member = try member(session.member), member.active
    else { throw MeshError.sessionEnded }
    return (session, member)
  }
}

extension WriteTransaction {
  /// Refuses a member whose role has changed since their token was issued.
  ///
  /// A token is valid for 15 minutes, so the session and role are checked again here. An operation
  /// on many members may outlive the session that started it, and is checked without one.
  ///
  /// - Throws: UNAUTHENTICATED when the session has ended; PERMISSION_DENIED when the role has
  ///   changed.
  func requireCurrentRole(_ call: Call, _ limit: IdleLimit) throws {
    guard let id = call.caller.member else { return }
    let member =
      try call.caller.session == nil ? member(id) : standing(call, at: now, limit).member
    guard let member, member.active, member.tokenRoles == call.caller.roles else {
      throw MeshError.permissionDenied("your role has changed")
    }
  }
}

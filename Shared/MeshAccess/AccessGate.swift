package import MeshCore
package import MeshProto
package import MeshRPC
import MeshStore

/// Authenticates and authorises callers: before any handler runs, and again in handlers for records
/// and fields.
///
/// A member authenticates with a token. A process of the mesh and the operator name themselves,
/// which is believed if they opened a Unix socket as this process's own user or as root.
package struct AccessGate: Sendable {
  private let verifier: TokenVerifier
  private let policy: Policy
  private let teams: any TeamDirectory
  private let clock: Clock

  /// - Parameters:
  ///   - verifier: verifies tokens.
  ///   - policy: what roles may do.
  ///   - teams: who is in which team.
  ///   - clock: tells when shares expire.
  package init(
    verifier: TokenVerifier,
    policy: Policy,
    teams: any TeamDirectory = NoTeams(),
    clock: Clock = .system
  ) {
    self.verifier = verifier
    self.policy = policy
    self.teams = teams
    self.clock = clock
  }

  /// The verified caller of a call, who may call its method.
  ///
  /// - Throws: UNAUTHENTICATED for no or a bad credential, and with reason WRONG_TENANT for a token
  ///   of another tenant than the call's; PERMISSION_DENIED for a caller that the method does not
  ///   accept, who lacks its permission, or who names no tenant although the method needs one.
  package func authenticate(_ head: CallHead) throws(MeshError) -> Caller {
    let needs = head.needs
    let caller = try caller(by: CallCredential(of: head))
    guard needs.callers.contains(caller.identity.callerClass) else {
      throw caller.identity == .anonymous
        ? .unauthenticated("an access token is needed")
        : .permissionDenied("the method does not accept this kind of caller")
    }
    guard needs.tenantless || caller.tenant != nil else {
      throw .permissionDenied("the method needs a tenant, and the call names none")
    }
    // A method without an object, such as a benchmark's echo, needs no permission.
    let permission = Permission(needs.object, needs.action)
    guard needs.object.isEmpty || policy.allows(caller, permission) else {
      throw .permissionDenied("the permission \(permission) is missing")
    }
    return caller
  }

  /// The caller of work that goes on after its call, with the roles that the member has now.
  ///
  /// - Throws: UNAVAILABLE while it is not known yet who has access.
  package func current(_ caller: Caller) throws(MeshError) -> Caller {
    guard case .member(let member) = caller.identity, let tenant = caller.tenant else {
      return caller
    }
    return Caller(
      tenant: tenant,
      identity: caller.identity,
      onBehalfOf: caller.onBehalfOf,
      roles: try verifier.roles(of: member, in: tenant, before: caller.roles),
      session: caller.session
    )
  }

  /// A service's call as the member would make it on whose behalf it is, with the roles that they have now;
  /// the call itself when it is on nobody's.
  ///
  /// - Throws: UNAVAILABLE while it is not known yet who has access.
  package func asMember(_ call: Call) throws(MeshError) -> Call {
    guard let member = call.caller.onBehalfOf else { return call }
    let caller = Caller(tenant: call.caller.tenant, identity: .member(member))
    return Call(caller: try current(caller), path: call.path, origin: call.origin)
  }

  /// Whether the caller of `call` may do `action` with objects of this kind at all.
  package func may(_ call: Call, _ object: String, _ action: String) -> Bool {
    policy.allows(call.caller, Permission(object, action))
  }

  /// Whether members with a role may do `action` with objects of this kind at all.
  package func may(role: String, _ object: String, _ action: String) -> Bool {
    policy.allows(role, Permission(object, action))
  }

  /// Whether the caller of `call` may do `action` with every object of this kind, whoever owns it.
  package func mayWithAll(_ call: Call, _ object: String, _ action: RecordAction) -> Bool {
    policy.reach(of: call.caller, Permission(object, action.rawValue)) == .all
  }

  /// All that the caller of `call` may do with objects of this kind, in order.
  package func actions(_ call: Call, _ object: String) -> [String] {
    policy.permissions.filter { $0.object == object && policy.allows(call.caller, $0) }
      .map(\.action)
  }

  /// The fields of a record that the caller of `call` sees and may set.
  package func fields(
    _ call: Call,
    _ schema: RecordSchema
  ) -> (visible: FieldSet, editable: FieldSet) {
    let fields = policy.fields(of: call.caller, schema.object)
    return (fields.visible.withoutHints(schema), fields.editable)
  }

  /// Whether a tenant has a member who has access now; also where it is not known who has.
  ///
  /// - Throws: UNAVAILABLE while it is not known yet.
  package func isActive(_ member: MemberID, in tenant: TenantID) throws(MeshError) -> Bool {
    try !verifier.roles(of: member, in: tenant, before: [""]).isEmpty
  }

  /// Whether a tenant has a team that records can be given to.
  package func isActive(_ team: TeamID, in tenant: TenantID) -> Bool {
    teams.isActive(team, tenant)
  }

  /// The id that a record is shared with: a team's if the tenant has such a team, otherwise a member's.
  package func grantee(_ id: IDWords, in tenant: TenantID) -> String {
    let team = TeamID(high: id.high, low: id.low)
    return teams.knows(team, tenant) ? "\(team)" : "\(MemberID(high: id.high, low: id.low))"
  }

  /// Who leads the active teams that a member is in, each once and in order; never the member themself.
  package func managers(of member: MemberID, in tenant: TenantID) -> [MemberID] {
    teams.managers(of: member, tenant)
  }

  /// The records of a kind with which the caller of `call` may do `action`, as far as they have them in some way.
  func reach(
    _ call: Call,
    _ action: RecordAction,
    _ schema: RecordSchema,
    by ways: RecordWays = .sharing
  ) -> Reach {
    let permission = Permission(schema.object, action.rawValue)
    guard let records = policy.reach(of: call.caller, permission) else { return .nothing }
    guard records != .all, case .member(let member) = call.caller.identity else { return .all }
    let isTeam = records >= .team
    let isReading = action == .read || action == .export
    let membership = teams.membership(of: member, call.tenant)
    let others = isTeam ? membership.members.map(\.words).filter { $0 != member.words } : []
    let held = isTeam ? membership.teams.map(\.words) : []
    let holder = Holder(
      members: [member.words] + others,
      teams: held,
      sharing: isTeam ? held : membership.own.map(\.words),
      level: ways == .holding ? .hold : isReading ? .read : .edit,
      ways: ways,
      holdsOpen: isReading || records >= .open,
      time: clock.now
    )
    let parents = isReading || !schema.holders.parentReads ? schema.parents : []
    return .held(
      holder,
      parents: parents.map { ($0, reach(call, action, $0, by: ways)) }
    )
  }

  private func caller(by credential: CallCredential) throws(MeshError) -> Caller {
    switch credential {
    case .token(let token, let tenant):
      let claims = try verifier.claims(of: token)
      guard tenant == nil || tenant == claims.tenant else {
        throw .unauthenticated("the token is of another tenant", reason: .wrongTenant)
      }
      return Caller(
        tenant: claims.tenant,
        identity: .member(claims.member),
        roles: claims.roles,
        session: claims.session
      )
    case .process(let name, let tenant, let member):
      return Caller(tenant: tenant, identity: .system(name), onBehalfOf: member)
    case .nothing:
      return Caller(tenant: nil, identity: .anonymous)
    }
  }
}

extension CallerIdentity {
  fileprivate var callerClass: MethodNeeds.CallerClass {
    switch self {
    case .member: .member
    case .system("operator"): .operator
    case .system: .system
    case .anonymous: .anonymous
    }
  }
}

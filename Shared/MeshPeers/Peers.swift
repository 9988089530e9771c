package import AccessAPI
package import MeshAccess
package import MeshCore
package import MeshImport
import MeshProto
package import MeshRecords
import MeshService
package import MeshStore
import TypeAPI

/// What most services need to know of tenants and members.
package typealias Peers = PeerReplicas<TenantSettings, ActiveMember>

/// An active member.
package struct ActiveMember: Sendable, Equatable {
  package let role: String
  /// How files name them: their e-mail address and full name.
  package let names: [String]

  package init(_ member: AccessAPI.Member) {
    role = member.role
    names = [member.email, member.displayName]
  }
}

extension PeerReplicas where Settings == TenantSettings, Member == ActiveMember {
  package init(access: AccessGate) {
    self.init(access: access, settings: { TenantSettings($0) }, member: { ActiveMember($0) })
  }

  /// The present day in each tenant.
  package func today(at now: Timestamp) -> [TenantID: CalendarDate] {
    tenants.oneOfEach.mapValues { $0.reports.today(at: now) }
  }

  /// What a sentence calls some members: "Rita Rep, Ron Rep and 3 others".
  ///
  /// Names two of them at most; those who have left are among the others.
  package func names(of ids: [MemberID], in tenant: TenantID) -> String {
    let known = ids.compactMap { members[tenant, $0]?.names.last }.filter { !$0.isEmpty }
    let (names, others) = (known.prefix(2), ids.count - min(known.count, 2))
    let noun = names.isEmpty ? "member" : "other"
    let rest = others == 0 ? [] : ["\(others) \(noun)\(others == 1 ? "" : "s")"]
    let all = names + rest
    return all.count < 2
      ? all.joined() : "\(all.dropLast().joined(separator: ", ")) and \(all.last ?? "")"
  }

  /// The active ones of some members.
  ///
  /// - Throws: UNAVAILABLE until all members have been read.
  package func active(_ ids: [MemberID], in tenant: TenantID) throws -> [MemberID] {
    let known = try members(of: tenant)
    return ids.filter { known[$0.words] != nil }
  }

  /// Whether a member is active, and their role permits an action on records of a kind.
  ///
  /// A new member may call before the replica has them: then their standing decides.
  ///
  /// - Throws: UNAVAILABLE until all members have been read.
  package func may(
    _ member: MemberID,
    _ object: String,
    _ action: String,
    in tenant: TenantID
  ) throws(MeshError) -> Bool {
    if let known = members[tenant, member] { return access.may(role: known.role, object, action) }
    guard members.isComplete else { throw .tenantIsNew }
    let roles = try access.current(Caller(tenant: tenant, identity: .member(member))).roles
    return roles.contains { access.may(role: $0, object, action) }
  }

  /// What imports need to know about a tenant, for records whose changes hold a lock.
  ///
  /// - Parameters:
  ///   - lock: what changes of the records hold.
  ///   - object: the object name of the imports.
  /// - Returns: what the imports' plans ask.
  package func importSurroundings(
    lock: String,
    object: String = "record_import"
  ) -> ImportSurroundings {
    ImportSurroundings(
      conventions: { try settings(of: $0).importConventions },
      mayImport: { try may($1, object, "create", in: $0) },
      members: { try members(of: $0).map { (id: $0.key, names: $0.value.names) } },
      lock: lock,
      object: object
    )
  }
}

extension WriteTransaction {
  /// Refuses members who are listed twice, and new ones who are inactive or lack a permission on records of a kind.
  ///
  /// - Parameters:
  ///   - ids: in their order.
  ///   - known: the members of the list before, who may stay.
  ///   - field: the name of the list.
  ///   - may: the object, and the action that must be allowed.
  ///   - peers: know members.
  ///   - check: collects faults.
  /// - Throws: UNAVAILABLE while too little is known about members.
  package func checkMembers(
    _ ids: [MemberID],
    known: [MemberID]?,
    _ field: String,
    may: (object: String, action: String),
    _ peers: Peers,
    _ check: inout FieldCheck
  ) throws {
    var seen: Set<MemberID> = []
    for (index, id) in ids.enumerated() {
      let path = "\(field)[\(index)]"
      if !seen.insert(id).inserted {
        check.refuse(path, "must be named once")
      } else if known?.contains(id) != true, try !peers.may(id, may.object, may.action, in: tenant)
      {
        let records = may.object.pluralWords
        check.refuse(path, "must be an active member who may \(may.action) \(records)")
      }
    }
  }

  /// Checks the owner and the team of a record; a new one without an owner is its author's.
  ///
  /// - Parameters:
  ///   - record: as it will be.
  ///   - before: as it was, whose owner and team may stay even if they are no longer active; nil for a new one.
  ///   - peers: know members and teams.
  ///   - check: collects faults.
  /// - Throws: UNAVAILABLE while too little is known about members.
  package func checkHolders<Record: StoredRecord>(
    of record: inout Record,
    before: Record?,
    _ peers: Peers,
    _ check: inout FieldCheck
  ) throws {
    let (object, tenant) = (Record.schema.object, tenant)
    try checkOwner(of: &record, before: before, &check) {
      try peers.may($0, object, "edit", in: tenant)
    }
    checkTeam(of: record, before: before, peers.access, &check)
  }
}

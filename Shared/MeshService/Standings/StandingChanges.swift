import MeshAPI
package import MeshAccess
package import MeshCore
package import MeshProto
package import MeshStore

// The changes by which Access and Tenants tell every service who has access.
extension MeshStore.Change {
  /// What a member may do from now on.
  package static func standing(
    of member: MemberID,
    isActive: Bool,
    roles: [String]
  ) -> MeshStore.Change {
    MeshStore.Change(
      action: "update",
      object: Standings.Object.member,
      id: "\(member)",
      after: MemberStanding(active: isActive, roles: roles).wireBytes()
    )
  }

  /// Who is in a team from now on, and its place in the tree.
  package static func standing(of team: TeamID, _ place: TeamPlace) -> MeshStore.Change {
    MeshStore.Change(
      action: "update",
      object: Standings.Object.team,
      id: "\(team)",
      after: TeamStanding(place).wireBytes()
    )
  }

  /// That a team no longer exists.
  package static func end(of team: TeamID) -> MeshStore.Change {
    MeshStore.Change(action: "delete", object: Standings.Object.team, id: "\(team)")
  }

  /// That the tokens of a session are no longer valid.
  package static func end(of session: SessionID, at time: Timestamp) -> MeshStore.Change {
    MeshStore.Change(
      action: "update",
      object: Standings.Object.session,
      id: "\(session)",
      after: SessionEnd(time: time).wireBytes()
    )
  }

  /// That the tokens of an ended session have expired, so that it can be forgotten.
  package static func expiry(of session: SessionID) -> MeshStore.Change {
    MeshStore.Change(action: "delete", object: Standings.Object.session, id: "\(session)")
  }

  /// Whether a tenant's members may use it from now on.
  package static func standing(of tenant: TenantID, isOpen: Bool) -> MeshStore.Change {
    MeshStore.Change(
      action: "update",
      object: Standings.Object.tenant,
      id: "\(tenant)",
      after: TenantStanding(open: isOpen).wireBytes()
    )
  }
}

extension TeamStanding {
  fileprivate init(_ place: TeamPlace) {
    self.init(
      active: place.isActive,
      parentTeamId: place.parent,
      managerId: place.manager,
      memberIds: place.members
    )
  }
}

extension TeamPlace {
  init(_ standing: TeamStanding) {
    self.init(
      isActive: standing.active,
      parent: standing.parentTeamId,
      manager: standing.managerId,
      members: standing.memberIds
    )
  }

  /// Decodes the team from the bytes of a change.
  package init(standing bytes: [UInt8]) throws(WireError) {
    self.init(try TeamStanding(wire: bytes))
  }
}

/// Everything that such changes have told, for snapshots.
package struct StandingSource: SnapshotSource {
  package let object: String
  private let query:
    @Sendable (_ place: SQL, SystemReadTransaction, (SnapshotEntry) -> Bool) throws -> Void

  /// The members of a table.
  ///
  /// - Parameters:
  ///   - columns: `tenant_id`, `id`, and then those that `standing` reads.
  ///   - table: where they are.
  ///   - standing: reads a row behind its id.
  /// - Returns: the source.
  package static func members(
    _ columns: SQL,
    from table: StaticString,
    _ standing: @escaping @Sendable (inout Row) throws -> (isActive: Bool, roles: [String])
  ) -> StandingSource {
    StandingSource(object: Standings.Object.member, columns, table, "TRUE") { id, row in
      let standing = try standing(&row)
      return .standing(
        of: MemberID(high: id.high, low: id.low),
        isActive: standing.isActive,
        roles: standing.roles
      )
    }
  }

  /// The teams of a table.
  ///
  /// - Parameters:
  ///   - columns: `tenant_id`, `id`, and then those that `place` reads.
  ///   - table: where they are.
  ///   - place: reads a row behind its id.
  /// - Returns: the source.
  package static func teams(
    _ columns: SQL,
    from table: StaticString,
    _ place: @escaping @Sendable (inout Row) throws -> TeamPlace
  ) -> StandingSource {
    StandingSource(object: Standings.Object.team, columns, table, "TRUE") { id, row in
      .standing(of: TeamID(high: id.high, low: id.low), try place(&row))
    }
  }

  /// The sessions of a table that have ended.
  ///
  /// - Parameters:
  ///   - columns: `tenant_id`, `id`, and when it ended.
  ///   - table: where they are.
  ///   - condition: which have ended.
  /// - Returns: the source.
  package static func sessionEnds(
    _ columns: SQL,
    from table: StaticString,
    where condition: SQL
  ) -> StandingSource {
    StandingSource(object: Standings.Object.session, columns, table, condition) { id, row in
      .end(of: SessionID(high: id.high, low: id.low), at: try row.next())
    }
  }

  /// The tenants of a table.
  ///
  /// - Parameters:
  ///   - columns: `tenant_id`, `id`, and then those that `isOpen` reads.
  ///   - table: where they are.
  ///   - isOpen: reads a row behind its id.
  /// - Returns: the source.
  package static func tenants(
    _ columns: SQL,
    from table: StaticString,
    _ isOpen: @escaping @Sendable (inout Row) throws -> Bool
  ) -> StandingSource {
    StandingSource(object: Standings.Object.tenant, columns, table, "TRUE") { id, row in
      .standing(of: TenantID(high: id.high, low: id.low), isOpen: try isOpen(&row))
    }
  }

  private init(
    object: String,
    _ columns: SQL,
    _ table: StaticString,
    _ condition: SQL,
    _ change: @escaping @Sendable (IDWords, inout Row) throws -> MeshStore.Change
  ) {
    self.object = object
    let table = SQL(name: "\(table)")
    query = { place, transaction, take in
      try transaction.forEach(
        "SELECT \(columns) FROM \(table) WHERE \(condition) AND \(place) ORDER BY tenant_id, id"
      ) { row in
        let tenant: TenantID = try row.next()
        let id: TenantID = try row.next()
        let change = try change(id.words, &row)
        return take(
          SnapshotEntry(
            key: ReplicaKey(tenant: tenant, id: id.words),
            id: change.id,
            record: change.after ?? []
          )
        )
      }
    }
  }

  package func resources(
    after key: ReplicaKey?,
    in transaction: SystemReadTransaction,
    _ take: (SnapshotEntry) -> Bool
  ) throws {
    let place: SQL =
      key.map { "(tenant_id, id) > (\($0.tenant), \($0.id.bytes))" } ?? "TRUE"
    try query(place, transaction, take)
  }
}

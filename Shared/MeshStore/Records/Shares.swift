package import MeshCore

/// What someone may do with a record that is shared with them.
package enum ShareLevel: Int, Sendable, Comparable {
  case read = 1
  case edit = 2
  /// What no share gives: to say who holds the record.
  case hold = 3

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// That a member or a team may see a record: by taking part in it, or as it is shared with them.
package struct Share: Hashable, Sendable {
  /// The member's or team's id.
  package let grantee: IDWords
  package let level: ShareLevel
  /// nil for a share without an end.
  package let expireTime: Timestamp?
  /// Since when they see the record by it; nil for a share that is to be given.
  package let beginTime: Timestamp?

  /// How long a share that has ended is kept at least.
  static let keptAfterEnd = Duration.seconds(24 * 3600)

  package init(
    grantee: IDWords,
    level: ShareLevel,
    expireTime: Timestamp? = nil,
    beginTime: Timestamp? = nil
  ) {
    self.grantee = grantee
    self.level = level
    self.expireTime = expireTime
    self.beginTime = beginTime
  }

  /// Whether it counts at a moment.
  package func holds(at time: Timestamp) -> Bool { expireTime.map { $0 > time } != false }

  /// Whether it counted until a moment, or beyond.
  package func held(until time: Timestamp) -> Bool {
    beginTime.map { $0 < time } != false && expireTime.map { $0 >= time } != false
  }
}

extension WriteTransaction {
  /// Shares a record, instead of what the grantee was given of it before.
  package func share(_ object: String, _ id: IDWords, _ share: Share) throws {
    try put(object, id, share, isParticipant: false)
  }

  /// Ends sharing with a grantee: the share is kept as one that ended now, by which it is known who had it.
  ///
  /// - Returns: whether there was a share.
  package func unshare(_ object: String, _ id: IDWords, from grantee: IDWords) throws -> Bool {
    try session.runOwn(
      """
      DELETE FROM main.mesh_shares WHERE tenant_id = \(tenant) AND object = \(object)
        AND record_id = \(id.bytes) AND NOT is_participant
        AND expire_time < \(now - Share.keptAfterEnd)
      """
    )
    return try session.firstOwn(
      """
      UPDATE main.mesh_shares SET expire_time = \(now) WHERE tenant_id = \(tenant)
        AND object = \(object) AND record_id = \(id.bytes) AND grantee_id = \(grantee.bytes)
        AND NOT is_participant AND (expire_time IS NULL OR expire_time > \(now))
      RETURNING level
      """
    ) { row in try row.next(Int.self) } != nil
  }

  /// Sets who takes part in a record.
  package func setParticipants(_ object: String, _ id: IDWords, _ grantees: [IDWords]) throws {
    try session.postOwn(
      """
      DELETE FROM main.mesh_shares WHERE tenant_id = \(tenant) AND object = \(object)
        AND record_id = \(id.bytes) AND is_participant
      """
    )
    try addParticipants(object, id, grantees)
  }

  /// Sets who takes part in a record that nobody takes part in.
  package func addParticipants(_ object: String, _ id: IDWords, _ grantees: [IDWords]) throws {
    for grantee in Set(grantees).sorted() {
      try put(object, id, Share(grantee: grantee, level: .edit), isParticipant: true)
    }
  }

  private func put(
    _ object: String,
    _ id: IDWords,
    _ share: Share,
    isParticipant: Bool
  ) throws {
    try session.postOwn(
      """
      INSERT INTO main.mesh_shares (
        tenant_id, object, record_id, grantee_id, is_participant, level, expire_time, begin_time
      ) VALUES (
        \(tenant), \(object), \(id.bytes), \(share.grantee.bytes), \(isParticipant),
        \(share.level.rawValue), \(share.expireTime), \(now)
      ) ON CONFLICT (tenant_id, object, grantee_id, record_id, is_participant)
      DO UPDATE SET level = excluded.level, expire_time = excluded.expire_time,
        begin_time = CASE WHEN mesh_shares.expire_time <= \(now) THEN excluded.begin_time
          ELSE mesh_shares.begin_time END
      """
    )
  }
}

extension ReadTransaction {
  /// What is the most that any of `grantees` may do with a record by sharing; nil for nothing.
  package func shareLevel(
    _ object: String,
    _ id: IDWords,
    _ grantees: [IDWords],
    at now: Timestamp
  ) throws -> ShareLevel? {
    let level = try session.firstOwn(
      """
      SELECT max(level) FROM main.mesh_shares
      WHERE tenant_id = \(tenant) AND object = \(object) AND record_id = \(id.bytes)
        AND grantee_id IN (\(list: grantees.map(\.bytes)))
        AND (expire_time IS NULL OR expire_time > \(now))
      """
    ) { row in try row.next(Int?.self) }
    return level.flatMap { $0 }.flatMap { ShareLevel(rawValue: $0) }
  }
}

extension ReadTransaction {
  /// All who see a record by sharing or, unless they are left out, by taking part in it.
  package func shares(
    _ object: String,
    _ id: IDWords,
    withParticipants: Bool = true
  ) throws -> [Share] {
    var shares: [Share] = []
    let counts: SQL = withParticipants ? .empty : "AND NOT is_participant"
    try session.runOwn(
      """
      SELECT grantee_id, level, expire_time, begin_time FROM main.mesh_shares
      WHERE tenant_id = \(tenant) AND object = \(object) AND record_id = \(id.bytes) \(counts)
      """
    ) { row in
      if let grantee = row.id(0), let level = ShareLevel(rawValue: Int(row.int64(1))) {
        shares.append(
          Share(
            grantee: grantee,
            level: level,
            expireTime: row.timestamp(2),
            beginTime: row.timestamp(3)
          )
        )
      }
      return true
    }
    return shares
  }
}

extension SQL {
  /// Whether `column` holds one of `ids`: one parameter, however many they are.
  package static func isOne(_ column: SQL, of ids: [IDWords]) -> SQL {
    if ids.count == 1, let id = ids.first { return "\(column) = \(id.bytes)" }
    return SQL(
      namingStoreTables: "\(column) IN (SELECT id FROM mesh_ids(\(ids.flatMap(\.bytes))))"
    )
  }

  /// A table of ids, `few (id)`, for FROM: join it by `CROSS JOIN`, and each of its rows is looked up.
  package static func few(_ ids: [IDWords]) -> SQL {
    SQL(namingStoreTables: "(SELECT id FROM mesh_ids(\(ids.flatMap(\.bytes)))) AS few")
  }

  /// Whether the record whose id is `column` is shared with one of `grantees`, or they take part in it.
  ///
  /// - Parameters:
  ///   - object: the kind of record.
  ///   - column: its id's column.
  ///   - grantees: members and teams.
  ///   - members: those whose taking part counts too, but no share of theirs.
  ///   - level: what they must be allowed at least.
  ///   - isParticipant: whether they must take part in it; else a share counts too.
  ///   - now: by which shares end.
  ///   - walks: whether the statement goes through the records in their order and asks for each; else
  ///     the shares are gathered first.
  /// - Returns: a condition whose values are bound.
  package static func isShared(
    _ object: String,
    _ column: SQL,
    with grantees: [IDWords],
    ofParticipants members: [IDWords] = [],
    at level: ShareLevel,
    isParticipant: Bool = false,
    now: Timestamp,
    walks: Bool
  ) -> SQL {
    guard walks else {
      let ids = shared(
        object,
        with: grantees,
        ofParticipants: members,
        at: level,
        isParticipant: isParticipant,
        now: now
      )
      return "\(column) IN (\(ids))"
    }
    let holds = held(object, grantees, members, level, isParticipant, now)
    return SQL(
      namingStoreTables:
        "EXISTS (SELECT 1 FROM mesh_shares AS s WHERE s.record_id = \(column) AND \(holds))"
    )
  }

  /// A query for the ids of the records that are shared with one of `grantees`, or in which they take part.
  package static func shared(
    _ object: String,
    with grantees: [IDWords],
    ofParticipants members: [IDWords] = [],
    at level: ShareLevel,
    isParticipant: Bool = false,
    now: Timestamp
  ) -> SQL {
    let holds = held(object, grantees, members, level, isParticipant, now)
    return SQL(namingStoreTables: "SELECT s.record_id AS id FROM mesh_shares AS s WHERE \(holds)")
  }

  private static func held(
    _ object: String,
    _ grantees: [IDWords],
    _ members: [IDWords],
    _ level: ShareLevel,
    _ isParticipant: Bool,
    _ now: Timestamp
  ) -> SQL {
    let others = Set(members).subtracting(grantees).sorted()
    // Found by one index, whose rows say the rest.
    let isShared = SQL.isOne("s.grantee_id", of: grantees)
    var counts: SQL = others.isEmpty ? .empty : "AND (s.is_participant OR \(isShared))"
    if isParticipant { counts = "AND s.is_participant" }
    return """
      s.object = \(object) AND s.level >= \(level.rawValue)
      AND (s.expire_time IS NULL OR s.expire_time > \(now))
      AND \(SQL.isOne("s.grantee_id", of: grantees + others)) \(counts)
      """
  }
}

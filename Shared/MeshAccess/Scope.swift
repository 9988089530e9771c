import MeshCore
package import MeshProto
package import MeshRPC
package import MeshStore

/// The records of a kind that a caller may act on, and which of their fields they see.
///
/// Created in a transaction from the policy at that moment, and valid for that transaction. Every
/// generic read needs one, so that a read without a permission check does not compile. What a
/// caller may not read does not exist for them.
package struct Scope<Record: RecordMessage>: Sendable {
  /// Fields that the caller sees.
  package let visible: FieldSet
  /// Fields that the caller may set.
  package let editable: FieldSet
  let reach: Reach

  fileprivate init(reach: Reach, visible: FieldSet, editable: FieldSet) {
    self.reach = reach
    self.visible = visible
    self.editable = editable
  }

  /// Whether it contains every record.
  package var isWhole: Bool {
    if case .all = reach { true } else { false }
  }

  /// The condition that rows of the record's table must meet.
  ///
  /// - Parameter walks: whether the statement scans rows in their order until it has enough, rather
  ///   than using the indexes on owners and teams.
  /// - Returns: a condition whose values are bound.
  package func predicate(walks: Bool) -> SQL {
    reach.predicate(Record.schema, walks: walks)
  }

  /// Whether it contains a record that was read without the predicate.
  package func includes(_ record: Record, in transaction: ReadTransaction) throws -> Bool {
    try reach.includes(record, in: transaction)
  }
}

/// The caller, for records that they or their teams own.
struct Holder: Sendable {
  /// The member, and with their teams' records also the members of these teams.
  let members: [IDWords]
  /// Teams whose records the member reaches.
  let teams: [IDWords]
  let level: ShareLevel
  /// Whether the records that are open to everybody are among theirs.
  let holdsOpen: Bool
  let time: Timestamp

  var everyone: [IDWords] { members.prefix(1) + teams }
}

/// The parts of a scope.
indirect enum Reach: Sendable {
  case nothing
  case all
  /// Records that the holder owns, and children of `parents` records that the holder reaches.
  case held(Holder, parents: [(schema: RecordSchema, reach: Reach)])

  func predicate(_ schema: RecordSchema, walks: Bool) -> SQL {
    switch self {
    case .nothing: return "FALSE"
    case .all: return "TRUE"
    case .held(let holder, let parents):
      let table = SQL(name: schema.table)
      let id: SQL = "\(table).id"
      var ways = [
        SQL.isShared(
          schema.object,
          id,
          with: holder.everyone,
          at: holder.level,
          now: holder.time,
          walks: walks
        )
      ]
      // A + keeps SQLite from using the column's index instead of the order's.
      let mark: SQL = walks ? "+" : ""
      if !schema.holders.owner.isEmpty {
        let owner: SQL = "\(mark)\(table).\(SQL(name: schema.holders.owner))"
        ways.append(SQL.isOne(owner, of: holder.members))
      }
      if !schema.holders.team.isEmpty, !holder.teams.isEmpty {
        let team: SQL = "\(mark)\(table).\(SQL(name: schema.holders.team))"
        ways.append(SQL.isOne(team, of: holder.teams))
      }
      if !schema.holders.open.isEmpty, holder.holdsOpen {
        ways.append("\(table).\(SQL(name: schema.holders.open))")
      }
      for (parent, reach) in parents {
        let inner = reach.predicate(parent, walks: false)
        ways.append(
          """
          \(table).\(SQL(name: schema.holders.parent)) IN (
            SELECT id FROM \(SQL(name: parent.table)) WHERE \(inner)
          )
          """
        )
      }
      return "(\(ways.joined(by: " OR ")))"
    }
  }

  func includes<Record: RecordMessage>(
    _ record: Record,
    in transaction: ReadTransaction
  ) throws -> Bool {
    guard case .held(let holder, let parents) = self else {
      if case .all = self { return true }
      return false
    }
    let schema = Record.schema
    func words(_ name: String) -> IDWords? {
      schema[name].flatMap { record.value(of: $0).id }.map { IDWords(high: $0.high, low: $0.low) }
    }
    if let owner = words(schema.holders.owner), holder.members.contains(owner) { return true }
    if let team = words(schema.holders.team), holder.teams.contains(team) { return true }
    if holder.holdsOpen, let open = schema[schema.holders.open],
      record.value(of: open) == .bool(true)
    {
      return true
    }
    guard let id = record.recordID else { return false }
    let level = try transaction.shareLevel(schema.object, id, holder.everyone, at: holder.time)
    if let level, level >= holder.level { return true }
    guard let parentID = words(schema.holders.parent) else { return false }
    return try parents.contains { parent, reach in
      try transaction.value(
        """
        SELECT 1 FROM \(SQL(name: parent.table))
        WHERE id = \(parentID.bytes) AND \(reach.predicate(parent, walks: false))
        """,
        as: Int.self
      ) != nil
    }
  }
}

extension ReadTransaction {
  /// The scope in which the caller of `call` may do `action`, by the current policy.
  package func scope<Record: RecordMessage>(
    _ call: Call,
    _ action: RecordAction,
    of _: Record.Type = Record.self,
    _ gate: AccessGate
  ) -> Scope<Record> {
    let fields = gate.fields(call, Record.schema)
    return Scope(
      reach: gate.reach(call, action, Record.schema),
      visible: fields.visible,
      editable: fields.editable
    )
  }

  /// All records of the tenant, for a calculation whose input is not shown to any caller.
  ///
  /// - Parameters:
  ///   - purpose: what is calculated.
  ///   - type: the kind of record.
  /// - Returns: a scope with every record.
  package func scope<Record: RecordMessage>(
    forCalculation purpose: StaticString,
    of type: Record.Type = Record.self
  ) -> Scope<Record> {
    Scope(reach: .all, visible: .all, editable: .all)
  }
}

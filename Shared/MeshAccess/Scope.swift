import MeshCore
package import MeshProto
package import MeshRPC
package import MeshStore

/// Which records of a kind a caller may do something with, and which of their fields they see.
///
/// Made in a transaction, by the policy as it is then, and good for that transaction. Every generic
/// read takes one, so that a read which nobody's permission was asked for does not compile. What a
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

  /// Whether every record is in it.
  package var isWhole: Bool {
    if case .all = reach { true } else { false }
  }

  /// The condition that rows of the record's table must meet.
  ///
  /// - Parameter walks: whether the statement goes through the rows in their order until it has enough,
  ///   and not through those that the holders' indexes give.
  /// - Returns: a condition whose values are bound.
  package func predicate(walks: Bool) -> SQL {
    reach.predicate(Record.schema, walks: walks)
  }

  /// Whether a record that was read without the predicate is in it.
  package func includes(_ record: Record, in transaction: ReadTransaction) throws -> Bool {
    try reach.includes(record, in: transaction)
  }
}

/// Who asks for what they hold.
struct Holder: Sendable {
  /// The member, and with their teams' records also the members of these teams.
  let members: [IDWords]
  /// Teams that hold records for the member.
  let teams: [IDWords]
  let level: ShareLevel
  let time: Timestamp

  var everyone: [IDWords] { members.prefix(1) + teams }
}

/// The records that a scope is made of.
indirect enum Reach: Sendable {
  case nothing
  case all
  /// What the holder holds, and what hangs on the records of `parents` that are in their own reach.
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
      // A + keeps SQLite from starting at the column's index where it is to walk the order's.
      let mark: SQL = walks ? "+" : ""
      if !schema.holders.owner.isEmpty {
        let owner: SQL = "\(mark)\(table).\(SQL(name: schema.holders.owner))"
        ways.append(SQL.isOne(owner, of: holder.members))
      }
      if !schema.holders.team.isEmpty, !holder.teams.isEmpty {
        let team: SQL = "\(mark)\(table).\(SQL(name: schema.holders.team))"
        ways.append(SQL.isOne(team, of: holder.teams))
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
  /// What the caller of `call` may do `action` with, as the policy is now.
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

  /// All records of the tenant, for a calculation whose answer is shown to nobody as it is.
  ///
  /// - Parameters:
  ///   - purpose: what is calculated.
  ///   - type: the kind of record.
  /// - Returns: a scope of everything.
  package func scope<Record: RecordMessage>(
    forCalculation purpose: StaticString,
    of type: Record.Type = Record.self
  ) -> Scope<Record> {
    Scope(reach: .all, visible: .all, editable: .all)
  }
}

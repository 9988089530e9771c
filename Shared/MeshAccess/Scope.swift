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
    try isWhole || includes(RecordHolding(record), in: transaction)
  }

  /// Whether the caller reaches a record by more than its being open to everybody.
  ///
  /// Other callers see nothing of its history from before it was open.
  package func holds(_ record: Record, in transaction: ReadTransaction) throws -> Bool {
    if isWhole { return true }
    var holding = RecordHolding(record)
    holding.isOpen = false
    return try includes(holding, in: transaction)
  }

  private func includes(
    _ holding: RecordHolding,
    in transaction: ReadTransaction
  ) throws -> Bool {
    try reach.includes(holding, in: transaction) { holder in
      guard let id = holding.id else { return nil }
      return try transaction.shareLevel(
        Record.schema.object,
        id,
        holder.everyone,
        at: holder.time
      )
    }
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

  /// Whether it is the member or one of the teams.
  func isOne(_ id: IDWords) -> Bool { members.first == id || teams.contains(id) }
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

  /// Whether it has a record.
  ///
  /// - Parameters:
  ///   - record: who holds it.
  ///   - transaction: for its parent.
  ///   - sharing: the most that a holder may do with the record by sharing.
  /// - Returns: whether the reach includes it.
  /// - Throws: what the store and `sharing` throw.
  func includes(
    _ record: RecordHolding,
    in transaction: ReadTransaction,
    sharing: (Holder) throws -> ShareLevel?
  ) throws -> Bool {
    guard case .held(let holder, let parents) = self else {
      if case .all = self { return true }
      return false
    }
    if let owner = record.owner, holder.members.contains(owner) { return true }
    if let team = record.team, holder.teams.contains(team) { return true }
    if holder.holdsOpen, record.isOpen { return true }
    // Whoever takes part may do all that a share allows at most.
    if record.participants.contains(where: { holder.isOne($0) }) { return true }
    if let level = try sharing(holder), level >= holder.level { return true }
    guard let parentID = record.parent else { return false }
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

/// What a record's own fields say of who holds it: read once, however many are asked about.
struct RecordHolding {
  let id: IDWords?
  let owner: IDWords?
  let team: IDWords?
  let participants: [IDWords]
  let parent: IDWords?
  /// Whether everybody in the tenant may read it.
  fileprivate(set) var isOpen: Bool

  init<Record: RecordMessage>(_ record: Record) {
    let schema = Record.schema
    func words(_ name: String) -> IDWords? {
      if name.isEmpty { return nil }
      return schema[name].flatMap { record.value(of: $0).id }
        .map { IDWords(high: $0.high, low: $0.low) }
    }
    id = record.recordID
    owner = words(schema.holders.owner)
    team = words(schema.holders.team)
    parent = words(schema.holders.parent)
    isOpen = schema[schema.holders.open].map { record.value(of: $0) == .bool(true) } ?? false
    if let field = schema[schema.holders.participants],
      case .list(let values) = record.value(of: field)
    {
      participants = values.compactMap(\.id).map { IDWords(high: $0.high, low: $0.low) }
    } else {
      participants = []
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

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

  /// The scope in two parts, for sums that are kept by who holds the records.
  ///
  /// - Parameters:
  ///   - columns: those of the table of sums, which are called as the records' fields.
  ///   - table: of sums.
  /// - Returns: the condition for rows of sums, and where the records are that the scope has beside those that
  ///   these rows count, such as by a share: a query for ids, each once, and a condition on the records; nil
  ///   when there can be none.
  package func parts(
    keptBy columns: Set<String>,
    in table: SQL
  ) -> (kept: SQL, others: (ids: SQL, condition: SQL)?) {
    let schema = Record.schema
    guard case .held(let holder, let parents) = reach else {
      return (reach.predicate(schema, walks: false), nil)
    }
    let (kept, rest) = schema.holders.split(by: columns)
    let others = reach.sources(holder, parents, schema, rest)
    let id: SQL = "\(SQL(name: schema.table)).id"
    let isKept = holder.ways(kept, in: SQL(name: schema.table)).anyHolds
    return (
      kept: holder.ways(kept, in: table).anyHolds,
      others: (schema.query(for: id, in: others, where: "TRUE"), "\(isKept) IS NOT TRUE")
    )
  }

  /// A query for columns of its records that meet a condition, each record once: found by who holds them and what
  /// is shared, for scopes with few of the records that the condition holds for.
  ///
  /// - Parameters:
  ///   - columns: of the record's table, its id among them.
  ///   - condition: which records; nobody asks for it, so it may be evaluated on any.
  /// - Returns: the query; an index on who holds records that has all these columns answers it by itself.
  package func query(for columns: SQL, where condition: SQL) -> SQL {
    let schema = Record.schema
    guard case .held(let holder, let parents) = reach else {
      let all = [condition, reach.predicate(schema, walks: false)].allHold
      return "SELECT \(columns) FROM \(SQL(name: schema.table)) WHERE \(all)"
    }
    let sources = reach.sources(holder, parents, schema, schema.holders)
    return schema.query(for: columns, in: sources, where: condition)
  }

  /// A query for the ids of its records, once for each way in which the scope has one: the first come at once.
  ///
  /// - Parameter condition: what the caller filters by, evaluated only on records within the scope.
  /// - Returns: the query.
  package func idsByWays(asking condition: SQL = "TRUE") -> SQL {
    let schema = Record.schema
    let id: SQL = "\(SQL(name: schema.table)).id"
    guard case .held(let holder, let parents) = reach else {
      return query(for: id, where: condition)
    }
    return reach.sources(holder, parents, schema, schema.holders).map { source in
      let all = [source.way, condition.asked(where: source.way)].allHold
      return "SELECT \(id) FROM \(source.tables) WHERE \(all)"
    }.joined(by: " UNION ALL ")
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
  /// Teams whose shares are the member's, too.
  let sharing: [IDWords]
  let level: ShareLevel
  /// The ways that count.
  let ways: RecordWays
  /// Whether the records that are open to everybody are among theirs.
  let holdsOpen: Bool
  let time: Timestamp

  /// The grantees whose shares reach the member.
  var everyone: [IDWords] { members.prefix(1) + sharing }

  /// Whether an id is that of one of these grantees.
  func isOne(_ id: IDWords) -> Bool { members.first == id || sharing.contains(id) }

  /// The ways to rows that columns with an owner, a team and whether a record is open tell.
  ///
  /// - Parameters:
  ///   - holders: the columns.
  ///   - table: their table.
  ///   - walks: whether the statement goes through the rows in an order.
  /// - Returns: a condition for each way.
  func ways(_ holders: RecordHolders, in table: SQL, walks: Bool = false) -> [SQL] {
    // A + keeps SQLite from using the column's index instead of the order's.
    let mark: SQL = walks ? "+" : ""
    var ways: [SQL] = []
    if !holders.owner.isEmpty {
      ways.append(SQL.isOne("\(mark)\(table).\(SQL(name: holders.owner))", of: members))
    }
    if !holders.team.isEmpty, !teams.isEmpty {
      ways.append(SQL.isOne("\(mark)\(table).\(SQL(name: holders.team))", of: teams))
    }
    if !holders.open.isEmpty, holdsOpen { ways.append("\(table).\(SQL(name: holders.open))") }
    return ways
  }
}

extension [SQL] {
  /// The conditions of which one must hold; false when there are none.
  fileprivate var anyHolds: SQL { isEmpty ? "FALSE" : "(\(joined(by: " OR ")))" }
}

extension RecordSchema {
  /// A query for columns of the records in some sources that meet a condition, each record once.
  fileprivate func query(
    for columns: SQL,
    in sources: [(tables: SQL, way: SQL)],
    where condition: SQL
  ) -> SQL {
    let select: SQL = sources.count == 1 ? "SELECT DISTINCT" : "SELECT"
    return sources.map { source in
      let all = [source.way, condition].allHold
      return "\(select) \(columns) FROM \(source.tables) WHERE \(all)"
    }.joined(by: " UNION ")
  }
}

extension RecordHolders {
  /// Those of owner, team and whether a record is open that are among some columns, and the others.
  fileprivate func split(by columns: Set<String>) -> (among: RecordHolders, others: RecordHolders) {
    func holders(_ isOne: (String) -> Bool) -> RecordHolders {
      RecordHolders(
        owner: isOne(owner) ? owner : "",
        team: isOne(team) ? team : "",
        open: isOne(open) ? open : ""
      )
    }
    return (holders(columns.contains), holders { !columns.contains($0) })
  }
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
      let own = holder.ways(schema.holders, in: SQL(name: schema.table), walks: walks)
      return (own + looseWays(holder, parents, schema, walks: walks)).anyHolds
    }
  }

  /// The ways to records that their own columns do not tell: shares, and what their parents are held by.
  private func looseWays(
    _ holder: Holder,
    _ parents: [(schema: RecordSchema, reach: Reach)],
    _ schema: RecordSchema,
    walks: Bool
  ) -> [SQL] {
    let table = SQL(name: schema.table)
    let isShared = SQL.isShared(
      schema.object,
      "\(table).id",
      with: holder.everyone,
      ofParticipants: schema.holders.participants.isEmpty ? [] : holder.members,
      at: holder.level,
      isParticipant: holder.ways == .takingPart,
      now: holder.time,
      walks: walks
    )
    let ofParents = parents.map { parent, reach -> SQL in
      let inner = reach.predicate(parent, walks: false)
      return """
        \(table).\(SQL(name: schema.holders.parent)) IN (
          SELECT id FROM \(SQL(name: parent.table)) WHERE \(inner)
        )
        """
    }
    return [isShared] + ofParents
  }

  /// The ways of the predicate, each as where to look, for FROM, and a condition on that: what a holder or a
  /// share gives is looked up in the records' table, in this order.
  ///
  /// - Parameters:
  ///   - holder: whose reach it is.
  ///   - parents: of the records.
  ///   - schema: of the records.
  ///   - holders: the fields that are looked at, beside shares and parents.
  /// - Returns: one at least.
  fileprivate func sources(
    _ holder: Holder,
    _ parents: [(schema: RecordSchema, reach: Reach)],
    _ schema: RecordSchema,
    _ holders: RecordHolders
  ) -> [(tables: SQL, way: SQL)] {
    let table = SQL(name: schema.table)
    func lookedUp(_ column: String, in few: SQL) -> (tables: SQL, way: SQL) {
      ("\(few) CROSS JOIN \(table)", "\(table).\(SQL(name: column)) = few.id")
    }
    let shared = SQL.shared(
      schema.object,
      with: holder.everyone,
      ofParticipants: schema.holders.participants.isEmpty ? [] : holder.members,
      at: holder.level,
      isParticipant: holder.ways == .takingPart,
      now: holder.time
    )
    var sources = [lookedUp("id", in: "(\(shared)) AS few")]
    if !holders.owner.isEmpty { sources.append(lookedUp(holders.owner, in: .few(holder.members))) }
    if !holders.team.isEmpty, !holder.teams.isEmpty {
      sources.append(lookedUp(holders.team, in: .few(holder.teams)))
    }
    if !holders.open.isEmpty, holder.holdsOpen {
      sources.append((table, "\(table).\(SQL(name: holders.open))"))
    }
    for (parent, reach) in parents {
      let inner = reach.predicate(parent, walks: false)
      let few: SQL = "(SELECT id FROM \(SQL(name: parent.table)) WHERE \(inner)) AS few"
      sources.append(lookedUp(schema.holders.parent, in: few))
    }
    return sources
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
    // Whoever takes part may do all that a share allows at most, and so may who reaches what they hold.
    if holder.ways >= .takingPart,
      record.participants.contains(where: { holder.isOne($0) || holder.members.contains($0) })
    {
      return true
    }
    if holder.ways >= .sharing, let level = try sharing(holder), level >= holder.level {
      return true
    }
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

extension ReadTransaction {
  /// The scope in which the caller of `call` may do `action`, by the current policy.
  ///
  /// - Parameters:
  ///   - call: whose scope it is.
  ///   - action: what they want to do.
  ///   - type: the kind of record.
  ///   - gate: knows the policy.
  ///   - ways: how they must have a record.
  /// - Returns: the scope.
  package func scope<Record: RecordMessage>(
    _ call: Call,
    _ action: RecordAction,
    of type: Record.Type = Record.self,
    _ gate: AccessGate,
    by ways: RecordWays = .sharing
  ) -> Scope<Record> {
    let fields = gate.fields(call, Record.schema)
    return Scope(
      reach: gate.reach(call, action, Record.schema, by: ways),
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

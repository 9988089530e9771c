package import MeshCore
package import MeshProto
package import MeshRPC
package import MeshStore

/// A member who wants to know of changes, by its place among all who do.
package struct Watcher: Sendable {
  package let place: UInt32
  /// A call as the member would make it now.
  package let call: Call

  package init(place: UInt32, call: Call) {
    self.place = place
    self.call = call
  }
}

/// Many members' scopes of one kind of record, by which the same records are looked at for all of them.
///
/// Made in a transaction from the policy at that moment, and valid for that transaction.
package struct Audience<Record: RecordMessage> {
  /// Members who reach the same records.
  ///
  /// They see all records and the same fields; one who sees only some records stands alone.
  package struct Part {
    package fileprivate(set) var members: [UInt32]
    /// Fields that they see.
    package let visible: FieldSet
    fileprivate let reach: Reach
  }

  /// Without those who may see no record of the kind.
  package private(set) var parts: [Part] = []

  /// - Parameters:
  ///   - watchers: the members, all of the transaction's tenant.
  ///   - action: what they may do with the records.
  ///   - transaction: in which records are looked at.
  ///   - gate: tells their scopes.
  package init(
    _ watchers: [Watcher],
    _ action: RecordAction = .read,
    in transaction: ReadTransaction,
    _ gate: AccessGate
  ) {
    var wholes: [FieldSet: Int] = [:]
    for watcher in watchers {
      let scope: Scope<Record> = transaction.scope(watcher.call, action, gate)
      if case .nothing = scope.reach { continue }
      if scope.isWhole, let known = wholes[scope.visible] {
        parts[known].members.append(watcher.place)
        continue
      }
      if scope.isWhole { wholes[scope.visible] = parts.count }
      parts.append(Part(members: [watcher.place], visible: scope.visible, reach: scope.reach))
    }
  }

  /// The watchers in whose scopes a record is.
  package func members(seeing record: Record, in transaction: ReadTransaction) throws -> Set<UInt32>
  {
    let included = try includes(record, in: transaction)
    return zip(parts, included).reduce(into: []) { members, part in
      if part.1 { members.formUnion(part.0.members) }
    }
  }

  /// In which parts' scopes a record is, as it is or as it was.
  ///
  /// - Parameters:
  ///   - record: whose own fields count.
  ///   - time: sharing counts as it was just before it; as it is now by default.
  ///   - transaction: tells who the record is shared with.
  /// - Returns: a value for each part.
  /// - Throws: what the store throws.
  package func includes(
    _ record: Record,
    sharedUntil time: Timestamp? = nil,
    in transaction: ReadTransaction
  ) throws -> [Bool] {
    let holding = RecordHolding(record)
    var shares: [Share]?
    return try parts.map { part in
      try part.reach.includes(holding, in: transaction) { holder in
        guard let id = holding.id else { return nil }
        let known = try shares ?? transaction.shares(Record.schema.object, id)
        shares = known
        return known.filter { share in
          holder.isOne(share.grantee)
            && (time.map(share.held(until:)) ?? share.holds(at: holder.time))
        }.map(\.level).max()
      }
    }
  }
}

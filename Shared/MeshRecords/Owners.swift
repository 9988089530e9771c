package import MeshAccess
package import MeshCore
import MeshProto
package import MeshStore

extension WriteTransaction {
  /// Gives a new record that says no owner to the member who makes it, and refuses an owner who may not be.
  ///
  /// - Parameters:
  ///   - record: as it is going to be.
  ///   - before: as it was: it keeps an owner who has left; nil for a new one.
  ///   - check: takes what is wrong.
  ///   - mayOwn: whether a member is there and may edit records of the kind.
  /// - Throws: what `mayOwn` throws.
  package func checkOwner<Record: StoredRecord>(
    of record: inout Record,
    before: Record?,
    _ check: inout FieldCheck,
    _ mayOwn: (MemberID) throws -> Bool
  ) throws {
    let schema = Record.schema
    guard let field = schema[schema.holders.owner] else { return }
    if before == nil, record.value(of: field).isNone, let author = MemberID(author.actor),
      try mayOwn(author)
    {
      record.giveOwner(author)
    }
    guard let owner = record.value(of: field).id.flatMap({ MemberID($0) }),
      record.value(of: field) != before?.value(of: field)
    else { return }
    if try !mayOwn(owner) {
      let words = schema.object.split(separator: "_").joined(separator: " ")
      check.refuse(field.name, "must be an active member who may edit \(words)s")
    }
  }

  /// Refuses a team that records cannot be given to.
  ///
  /// - Parameters:
  ///   - record: as it is going to be.
  ///   - before: as it was: it keeps a team that is active no more; nil for a new one.
  ///   - gate: knows the tenant's teams.
  ///   - check: takes what is wrong.
  package func checkTeam<Record: StoredRecord>(
    of record: Record,
    before: Record?,
    _ gate: AccessGate,
    _ check: inout FieldCheck
  ) {
    let schema = Record.schema
    guard let field = schema[schema.holders.team],
      let team = record.value(of: field).id.flatMap({ TeamID($0) }),
      record.value(of: field) != before?.value(of: field)
    else { return }
    if !gate.isActive(team, in: tenant) { check.refuse(field.name, "must be an active team") }
  }
}

extension StoredRecord {
  /// Gives a record that says no owner to a member, if there is one.
  mutating func giveOwner(_ member: MemberID?) {
    guard let member, let field = Self.schema[Self.schema.holders.owner], value(of: field).isNone
    else { return }
    set(field, to: FieldValue(member))
  }
}

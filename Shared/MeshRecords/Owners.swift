package import MeshAccess
package import MeshCore
import MeshProto
package import MeshStore

extension WriteTransaction {
  /// Makes the author the owner of a new record without one, and refuses an owner who may not own it.
  ///
  /// - Parameters:
  ///   - record: as it is about to be written.
  ///   - before: as it was: it keeps an owner who has left; nil for a new one.
  ///   - check: collects the errors.
  ///   - mayOwn: whether a member exists and may edit records of the kind.
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
      check.refuse(field.name, "must be an active member who may edit \(schema.object.pluralWords)")
    }
  }

  /// Refuses a team that cannot have records.
  ///
  /// - Parameters:
  ///   - record: as it is about to be written.
  ///   - before: as it was: it keeps a team that is no longer active; nil for a new one.
  ///   - gate: knows the tenant's teams.
  ///   - check: collects the errors.
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
  /// Makes a member, if there is one, the owner of a record without one.
  mutating func giveOwner(_ member: MemberID?) {
    guard let member, let field = Self.schema[Self.schema.holders.owner], value(of: field).isNone
    else { return }
    set(field, to: FieldValue(member))
  }
}

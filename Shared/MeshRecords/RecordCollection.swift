package import MeshAccess
package import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshStore
package import RecordsAPI

/// The records of one kind, for code that serves all kinds alike.
package protocol RecordCollection: SnapshotSource {
  /// The kind, without a tenant's own fields.
  var kind: RecordSchema { get }
  /// Checks callers.
  var gate: AccessGate { get }
  /// What changes of the records hold in a tenant, so that they follow one another; nil for nothing.
  var lock: String? { get }
  /// Runs after a change has become durable.
  var committed: @Sendable (TenantID) -> Void { get }
  /// Announces operations that were started.
  var operations: OperationNews { get }

  /// Whether the caller may do something with at least some records of the kind.
  func may(_ action: RecordAction, _ call: Call) -> Bool

  /// Which of some records the judge hides from the caller, to whom they must not seem to exist.
  ///
  /// `names` and `permissions` do not ask the judge, who may ask other services: leave these records out first.
  ///
  /// - Parameters:
  ///   - ids: of the records; those outside the caller's scope are not judged.
  ///   - call: of the caller.
  /// - Returns: the ids; none for a kind that no judge closes.
  /// - Throws: UNAVAILABLE while nobody can say.
  @LoopActor
  func closed(_ ids: [IDWords], _ call: Call) async throws -> Set<IDWords>

  /// The names of those of the records that the caller may read.
  func names(
    of ids: [IDWords],
    _ call: Call,
    in transaction: ReadTransaction
  ) throws -> [IDWords: RecordName]

  /// Whether the caller may do something with each of the records that they may read.
  func permissions(
    _ action: RecordAction,
    _ ids: [IDWords],
    _ call: Call,
    in transaction: ReadTransaction
  ) throws -> [IDWords: Bool]

  /// What the caller may do with a record; nil for one that they may not read.
  func permissions(
    of id: IDWords,
    _ call: Call,
    in transaction: ReadTransaction
  ) throws -> RecordPermissions?

  /// What happened to a record, newest first, as far as the caller may know it.
  ///
  /// - Throws: NOT_FOUND for a record that the caller may not read.
  @LoopActor
  func history(_ request: ListHistoryRequest, _ call: Call) async throws -> ListHistoryResponse

  /// What some members may know of changes to records of the kind.
  ///
  /// - Parameters:
  ///   - entries: changes of the transaction's tenant to records of the kind, in their order.
  ///   - watchers: the members.
  ///   - transaction: gives their present scopes.
  /// - Returns: what each of them may know.
  /// - Throws: what the store throws.
  func seen(
    _ entries: [ChangeEntry],
    by watchers: [Watcher],
    in transaction: ReadTransaction
  ) throws -> SeenChanges

  /// What a record is shared as with members and teams, those who have had it for longest first.
  ///
  /// - Throws: NOT_FOUND and PERMISSION_DENIED for a caller who may not edit it, or does not hold it.
  func shares(of id: IDWords, _ call: Call, in transaction: ReadTransaction) throws -> [Share]

  /// Shares a record with a member or a team.
  ///
  /// - Throws: NOT_FOUND and PERMISSION_DENIED for a caller who may not edit it, or does not hold it;
  ///   FAILED_PRECONDITION when it is shared with too many.
  func share(_ id: IDWords, _ share: Share, _ call: Call, in transaction: WriteTransaction) throws

  /// Ends sharing of a record with a member or a team.
  ///
  /// - Throws: NOT_FOUND and PERMISSION_DENIED for a caller who may not edit it, or does not hold it.
  func unshare(
    _ id: IDWords,
    from grantee: IDWords,
    _ call: Call,
    in transaction: WriteTransaction
  ) throws

  /// What a compacted change log keeps of the records' changes.
  var keptHistory: KeptHistory { get }

  /// Loads what a transaction needs to know beforehand.
  var prepare: @Sendable (TenantID) async throws -> Void { get }

  /// Makes the keys and words of some records anew; returns the records whose keys would clash with another's.
  func makeKeys(of ids: [IDWords], in transaction: WriteTransaction) throws -> [IDWords]

  /// Prepares the next step of an operation before its transaction.
  ///
  /// - Parameters:
  ///   - operation: as it is.
  ///   - tenant: whose it is.
  ///   - isLastTry: whether a record that is ABORTED, because what was foreseen of it has changed, counts as
  ///     failed; otherwise the step throws ABORTED.
  /// - Returns: what processes the next records.
  /// - Throws: what prevents the step for now.
  func foresee(
    _ operation: BulkOperation,
    _ tenant: TenantID,
    isLastTry: Bool
  ) async throws -> AdvanceOperation
}

/// Processes the next records of an operation.
package typealias AdvanceOperation =
  @Sendable (BulkOperation, WriteTransaction) throws -> BulkOperation

/// The name of a record as others that refer to it show it.
package struct RecordName: Sendable, Hashable {
  package let title: String
  package let subtitle: String
}

extension Records: RecordCollection {
  package var kind: RecordSchema { Record.schema }

  package func may(_ action: RecordAction, _ call: Call) -> Bool {
    gate.may(call, kind.object, action.rawValue)
  }

  package func names(
    of ids: [IDWords],
    _ call: Call,
    in transaction: ReadTransaction
  ) throws -> [IDWords: RecordName] {
    let scope = transaction.scope(call, .read, of: Record.self, gate)
    var names: [IDWords: RecordName] = [:]
    for record in try transaction.records(ids, in: scope) {
      guard let id = record.recordID else { continue }
      let title = record.text(of: kind.title, scope.visible)
      let subtitle = record.text(of: kind.subtitle, scope.visible)
      // A record without a name of its own is called by what is known; if its name is then its subtitle, as for a lead
      // that is a company, the subtitle is left out.
      names[id] =
        title.isEmpty || title == subtitle
        ? RecordName(title: subtitle, subtitle: "") : RecordName(title: title, subtitle: subtitle)
    }
    return names
  }

  package func permissions(
    _ action: RecordAction,
    _ ids: [IDWords],
    _ call: Call,
    in transaction: ReadTransaction
  ) throws -> [IDWords: Bool] {
    let readable = transaction.scope(call, .read, of: Record.self, gate)
    let scope = transaction.scope(call, action, of: Record.self, gate)
    var found: [IDWords: Bool] = [:]
    for record in try transaction.records(ids, in: readable) {
      guard let id = record.recordID else { continue }
      found[id] = try scope.includes(record, in: transaction)
    }
    return found
  }
}

extension RecordMessage {
  /// The longest title, in characters.
  private static var longestName: Int { 200 }

  /// The visible values of some fields, separated by blanks.
  fileprivate func text(of names: [String], _ visible: FieldSet) -> String {
    let texts = names.compactMap { Self.schema[$0] }.map { field -> String in
      if let made = Self.schema.made.first(where: { $0.index == field.index }) {
        return text(of: made, visible: visible)
      }
      return visible.contains(field) ? field.text(of: value(of: field)) : ""
    }.filter { !$0.isEmpty }
    let scalars = texts.joined(separator: " ").unicodeScalars
    return String(String.UnicodeScalarView(scalars.prefix(Self.longestName)))
  }
}

extension ReadTransaction {
  /// Those of a few records that are in a scope.
  func records<Record: StoredRecord>(
    _ ids: [IDWords],
    in scope: Scope<Record>
  ) throws -> [Record] {
    if ids.isEmpty { return [] }
    let id: SQL = "\(SQL(name: Record.schema.table)).id"
    let all = [SQL.isOne(id, of: ids), scope.predicate(walks: true)].allHold
    return try records("WHERE \(all)")
  }
}

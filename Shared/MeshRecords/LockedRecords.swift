package import MeshAccess
package import MeshStore

/// Makes the kinds of records of a service that name one another: writes of all of them hold one lock in a
/// tenant.
package struct LockedRecords: Sendable {
  private let store: Store
  private let gate: AccessGate
  private let lock: String

  /// - Parameters:
  ///   - store: where the records are.
  ///   - gate: judges callers.
  ///   - lock: what changes of the records hold in a tenant, so that they follow one another.
  package init(_ store: Store, _ gate: AccessGate, lock: String) {
    (self.store, self.gate, self.lock) = (store, gate, lock)
  }

  /// The records of one kind.
  ///
  /// - Parameters:
  ///   - pageSize: records on a page when the caller does not say.
  ///   - foresight: does work for the rules before the transaction of a creation or update.
  ///   - followers: the operations of the records that follow these (`WriteTransaction.follow`).
  ///   - rules: of the records, made for a transaction.
  /// - Returns: their standard methods, and the envelope of their own ones.
  package func callAsFunction<Record: StoredRecord>(
    pageSize: Int32 = 20,
    foresight: Foresight<Record>? = nil,
    followers: OperationNews? = nil,
    _ rules: @escaping Records<Record>.MakeRules
  ) -> Records<Record> {
    Records(
      store,
      gate,
      pageSize: pageSize,
      lock: lock,
      foresight: foresight,
      followers: followers,
      rules: rules
    )
  }
}

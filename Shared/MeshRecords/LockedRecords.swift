package import MeshAccess
package import MeshStore

/// Makes `Records` for the kinds of a service that refer to each other: writes of all of them take one lock per
/// tenant.
package struct LockedRecords: Sendable {
  private let store: Store
  private let gate: AccessGate
  private let lock: String

  /// - Parameters:
  ///   - store: holds the records.
  ///   - gate: checks callers.
  ///   - lock: what changes of the records hold in a tenant, so that they run one after another.
  package init(_ store: Store, _ gate: AccessGate, lock: String) {
    (self.store, self.gate, self.lock) = (store, gate, lock)
  }

  /// The records of one kind.
  ///
  /// - Parameters:
  ///   - pageSize: records on a page when the caller does not say.
  ///   - names: records that these name, and that whoever names one must be allowed to read.
  ///   - foresight: does work for the rules before the transaction of a creation or update.
  ///   - followers: operations of the records that follow these (`WriteTransaction.follow`).
  ///   - rules: makes the records' rules for a transaction.
  /// - Returns: the standard methods of the records, and the envelope of the service's own methods.
  package func callAsFunction<Record: StoredRecord>(
    pageSize: Int32 = 20,
    names: NamedRecords? = nil,
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
      names: names,
      followers: followers,
      rules: rules
    )
  }
}

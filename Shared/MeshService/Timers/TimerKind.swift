package import MeshCore
package import MeshStore

/// What a service does at moments that it has set: reminders, alerts, rules that wait.
///
/// A timer is set in the transaction of what it is about, and its action runs in a transaction of the same
/// tenant when its moment has come. The service declares the kinds in `Service.timers`:
///
///     var timers: [TimerKind] {
///       [
///         TimerKind("task.reminder") { timer, transaction in
///           try transaction.record(Change(action: "remind", object: "task", id: timer.key))
///         }
///       ]
///     }
///
/// and sets, moves and cancels them where it writes:
///
///     try transaction.setTimer("task.reminder", key: task.idText, at: task.reminderTime)
///     try transaction.cancelTimer("task.reminder", key: task.idText)
///
/// What holds for every timer:
///
/// * **Once**: it is gone in the transaction of what its action writes, whichever process ends meanwhile and
///   however many there are.
/// * **When**: within a second of its moment by the clock of the process, if that has not much else to do. A
///   clock that is set forward makes timers due, and one that is set back has none taken twice.
/// * **Late**: what came due while the service was down, or had too much to do, is taken once and in order,
///   and says that it is late when its moment was more than five minutes ago.
/// * **Order**: those of a tenant are taken in the order of their moments, 200 in a transaction; tenants take
///   turns. One that has failed is no longer in that order.
/// * **Failures**: an action that throws leaves nothing. It is tried again after a second at first and a minute
///   in the end, while others go on. After 20 tries, about a quarter of an hour, the timer is dead: it is kept
///   until the operator has it tried again or gives it up (`leadmesh timers`), or it is set or cancelled.
/// * **Names** are kept with timers, so never changed. One whose kind a release no longer has fails, and is
///   dead in the end.
package struct TimerKind: Sendable {
  package typealias Action = @Sendable (DueTimer, WriteTransaction) throws -> Void

  package let name: String
  let act: Action

  /// - Parameters:
  ///   - name: such as `task.reminder`.
  ///   - act: what is done. It may run again from its beginning, as every body of a transaction.
  package init(_ name: String, act: @escaping Action) {
    self.name = name
    self.act = act
  }
}

/// A timer whose moment has come.
package struct DueTimer: Hashable, Sendable {
  package let tenant: TenantID
  package let name: String
  /// What tells it from others of its name.
  package let key: String
  package let payload: [UInt8]
  /// The moment for which it was set.
  package let due: Timestamp
  /// The moment of the transaction.
  package let now: Timestamp

  /// Whether its moment was more than five minutes ago.
  package var isLate: Bool { now - due > StoredTimer.grace }

  init(_ timer: StoredTimer, _ transaction: WriteTransaction) {
    tenant = transaction.tenant
    name = timer.name
    key = timer.key
    payload = timer.payload
    due = timer.due
    now = transaction.now
  }
}

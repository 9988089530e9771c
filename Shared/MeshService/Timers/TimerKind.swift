package import MeshCore
package import MeshStore

/// What a service does at moments that it has set, such as reminders, alerts and the ends of waits.
///
/// A timer is set in the transaction that requires it, and its action runs in a transaction of the same
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
/// Every timer keeps these promises:
///
/// * **Once**: a timer is deleted in the transaction of its action, so that it acts once even if a process ends or
///   several processes run.
/// * **When**: it acts within a second of its moment by the clock of the process, unless that is overloaded. Setting
///   the clock forward makes timers due; setting it back makes none act twice.
/// * **Late**: a timer that came due while the service was down or overloaded acts once and in order, and is late
///   when its moment was more than five minutes ago.
/// * **Order**: the timers of a tenant act in the order of their moments, 200 in a transaction; tenants take
///   turns. A timer that has failed leaves that order.
/// * **Failures**: an action that throws writes nothing. It is tried again, first after a second and finally after
///   a minute, while others go on. After 20 tries, about a quarter of an hour, the timer is dead: it is kept
///   until the operator retries or discards it (`leadmesh timers`), or the service sets or cancels it.
/// * **Names** are stored with timers and never change. A timer whose kind no longer exists in a release fails until it
///   is dead.
package struct TimerKind: Sendable {
  package typealias Action = @Sendable (DueTimer, WriteTransaction) throws -> Void

  package let name: String
  let act: Action

  /// - Parameters:
  ///   - name: such as `task.reminder`.
  ///   - act: the action. It may run again from its beginning, as every body of a transaction.
  package init(_ name: String, act: @escaping Action) {
    self.name = name
    self.act = act
  }
}

/// A timer whose moment has come.
package struct DueTimer: Hashable, Sendable {
  package let tenant: TenantID
  package let name: String
  /// Identifies it among those of its name.
  package let key: String
  package let payload: [UInt8]
  /// The moment for which it was set.
  package let due: Timestamp
  /// The time of the transaction.
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

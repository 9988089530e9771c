import DealsAPI
import MeshAccess
import MeshCore
import MeshRecords
import MeshStore
import TypeAPI

/// SQL of the tasks that are about accounts: what accounts need to know of those of Tasks.
extension ReadTransaction {
  /// Whether a task about an account or one of its deals is overdue.
  func hasOverdueTask(_ account: Account) throws -> Bool {
    let query: SQL = "SELECT 1 FROM account_tasks WHERE account_id = \(account.id) AND is_overdue"
    return try value("\(query) LIMIT 1", as: Int.self) != nil
  }
}

extension WriteTransaction {
  /// Keeps what a task is about; a task about a deal is about its account too.
  func noteTask(_ id: TaskID, about related: [String], _ isOverdue: Bool) throws {
    let deals = try related.compactMap { DealID($0) }.compactMap { deal -> Deal? in
      try record(deal.words, in: scope(forCalculation: "tasks"))
    }
    let accounts = Set(related.compactMap { AccountID($0) } + deals.compactMap(\.accountId))
    try rescoreAccounts(of: id)
    try post("DELETE FROM account_tasks WHERE task_id = \(id)")
    for account in accounts.sorted() {
      try post(
        """
        INSERT INTO account_tasks (task_id, account_id, is_overdue)
        VALUES (\(id), \(account), \(isOverdue))
        """
      )
    }
    try rescoreAccounts(of: id)
  }

  /// Keeps whether a task that is known is overdue.
  func noteTask(_ id: TaskID, _ isOverdue: Bool) throws {
    try post("UPDATE account_tasks SET is_overdue = \(isOverdue) WHERE task_id = \(id)")
    try rescoreAccounts(of: id)
  }

  private func rescoreAccounts(of task: TaskID) throws {
    let accounts = try rows("SELECT account_id FROM account_tasks WHERE task_id = \(task)") { row in
      try row.next(AccountID.self)
    }
    for id in accounts { try queueScore(of: Account(id: id)) }
  }
}

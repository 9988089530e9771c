import DealsAPI
import MeshAccess
import MeshCore
import MeshPeers
import MeshRecords
import MeshService
import MeshStore
import TasksAPI
import TypeAPI

/// Reactions to new tenants, and to activities and tasks about deals and accounts.
enum DealsReactions {
  /// Creates the defaults of a new tenant, except for kinds that already have records.
  static let tenants = Reaction(to: "tenants", ["tenant"]) { change, transaction in
    guard change.before == nil, change.after != nil else { return }
    if try transaction.pipeline(nil) == nil {
      _ = try transaction.create(TenantDefaults.pipeline, by: PipelineRules(transaction))
    }
    let (won, lost) = (TenantDefaults.winReasons, TenantDefaults.lossReasons)
    try transaction.addEntries(WinReason.self, won, usedBy: Deal.schema, "win_reason")
    try transaction.addEntries(LossReason.self, lost, usedBy: Deal.schema, "loss_reason")
    try transaction.addRules(HealthRule.self, TenantDefaults.healthRules)
  }

  /// Notes on deals and accounts when someone last worked on them; work on its deals or with its contacts is work on an
  /// account too.
  static let activities = Reaction.activities { activity, transaction in
    let (deals, contacts) = (activity.ids(of: DealKind.self), activity.ids(of: ContactKind.self))
    var accounts = Set(activity.ids(of: AccountKind.self))
    if deals.isEmpty, contacts.isEmpty, accounts.isEmpty { return }
    try transaction.lock(DealsRPC.lock)
    _ = try transaction.noteWork(on: deals, by: activity) { (deal: inout Deal) in
      if let account = deal.accountId { accounts.insert(account) }
      deal.noteWork(at: activity.workTime, in: try transaction.pipeline(deal.pipelineId))
    }
    let all: Scope<Contact> = transaction.scope(forCalculation: "activities")
    for id in contacts {
      guard let contact = try transaction.record(id.words, in: all) else { continue }
      if let account = contact.accountId { accounts.insert(account) }
    }
    let worked = try transaction.noteWork(on: accounts, by: activity) { (account: inout Account) in
      account.lastActivityTime = account.lastActivityTime.later(activity.workTime)
    }
    for account in worked { try transaction.queueScore(of: account) }
  }

  /// Keeps which tasks are about which accounts, and which of them are overdue.
  static let tasks = Reaction(to: "tasks", ["task"]) { change, transaction in
    let (before, after) = try change.images(of: TasksAPI.Task.self)
    guard let id = (after ?? before)?.id else { return }
    let isOverdue = after?.overdue ?? false
    if !change.isPartial {
      try transaction.noteTask(id, about: after?.related.map(\.description) ?? [], isOverdue)
    } else if isOverdue != before?.overdue {
      try transaction.noteTask(id, isOverdue)
    }
  }
}

import EngageAPI
import MeshCore
import MeshProto
import MeshRecords
import MeshStore

/// Something to tell members.
struct Notice: Sendable {
  /// What is told of a record of each kind; its name is left to whoever shows it, as the member may read it then.
  static let titles = [
    "lead_assigned": "A lead was assigned to you",
    "conversion_ready": "A lead can be converted",
    "task_assigned": "A task was assigned to you",
    "task_completed": "A task was completed",
    "task_overdue": "A task is overdue",
    "task_reminder": "A task is due soon",
    "meeting_reminder": "A meeting begins soon",
    "deal_stage_changed": "A deal is in another stage",
    "system_alert": "System alert",
  ]

  let kind: String
  /// The id of the record that it is about; nil for none.
  let record: String?
  var title: String
  var message = ""
  var priority = "normal"
  /// Who did it, as the change log names them; empty for nobody.
  var actor = ""
  /// The member who did it, and is not told.
  var doer: MemberID?
  var isLate = false

  init(_ kind: String, about record: String? = nil) {
    (self.kind, self.record, title) = (kind, record, Self.titles[kind] ?? kind)
  }
}

/// The rules of notifications: what is told, how it stands, and that a member has a bounded number of them.
struct NotificationRules: RecordRules {
  /// The most that a member has.
  static let most = 1_000
  private static let told = Notification.schema.bits(
    "member_id",
    "kind",
    "record",
    "title",
    "message",
    "priority",
    "actor",
    "count",
    "late"
  )

  let transaction: WriteTransaction
  /// What a new one says.
  var draft = Notification()

  func prepare(_ told: inout Notification, before: Notification?, _ check: inout FieldCheck) {
    if before == nil { told.take(Self.told, from: draft) }
    let now = transaction.now
    told.archiveTime = told.archived ? before?.archiveTime ?? now : nil
    if told.archived { told.readTime = told.readTime ?? now }
    told.state = told.archived ? "archived" : told.readTime == nil ? "unread" : "read"
  }

  func wrote(before: Notification?, after: Notification?) throws {
    guard before == nil, let member = after?.memberId else { return }
    // "archived" goes first, then "read".
    let order: SQL = "state, create_time, id"
    try transaction.keep(Notification.self, of: member, most: Self.most, order: order)
  }
}

extension WriteTransaction {
  /// How many of a kind are told one by one within `foldTime`; the last of them stands for more.
  private static let mostApart = 20
  private static let foldTime = Duration.seconds(60)

  /// Tells members something, each once and never the one who did it, as far as they have not muted it.
  func tell(_ members: [MemberID?], _ notice: Notice) throws {
    for member in Set(members.compactMap { $0 }).sorted() where member != notice.doer {
      let isMute: SQL =
        "kind IN ('', \(notice.kind)) AND coalesce(record, '') IN ('', \(notice.record ?? ""))"
      let mutes: [Mute] = try newest(of: member, where: isMute, limit: 1)
      if try !mutes.isEmpty || fold(notice, of: member) { continue }
      var draft = Notification(memberId: member, kind: notice.kind)
      draft.record = notice.record.flatMap { RecordRef($0) }
      (draft.title, draft.message, draft.count) = (notice.title, notice.message, 1)
      (draft.priority, draft.actor, draft.late) = (notice.priority, notice.actor, notice.isLate)
      _ = try create(Notification(), by: NotificationRules(transaction: self, draft: draft))
    }
  }

  /// Lets the last of many that somebody causes in a moment stand for one more.
  private func fold(_ notice: Notice, of member: MemberID) throws -> Bool {
    let isAlike: SQL = "kind = \(notice.kind)"
    let last: [Notification] = try newest(of: member, where: isAlike, limit: Self.mostApart)
    guard last.count == Self.mostApart, let newest = last.first, let oldest = last.last?.createTime,
      now - oldest < Self.foldTime,
      last.allSatisfy({ $0.actor == notice.actor && $0.state == "unread" })
    else { return false }
    var folded = newest
    folded.count += 1
    folded.message = "And \(folded.count - 1) more"
    _ = try save(folded, before: newest, by: NoRules<Notification>())
    return true
  }
}

/// The rules of mutes: whose they are, and that they say what is muted.
struct MuteRules: RecordRules {
  let transaction: WriteTransaction

  func prepare(_ mute: inout Mute, before: Mute?, _ check: inout FieldCheck) {
    mute.memberId = before?.memberId ?? MemberID(transaction.author.actor)
    if mute.memberId == nil { check.refuse("member_id", "must be a member") }
    if mute.kind.isEmpty, mute.record == nil {
      check.refuse("kind", "must have a value when there is no record")
    }
  }
}

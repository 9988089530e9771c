import EngageAPI
import MeshCore
import MeshProto
import MeshRecords
import MeshStore

/// A message for members; each gets a notification of it.
struct Notice: Sendable {
  /// The titles of each kind, of one notice and of many, without the record's name: screens show that if the member may
  /// read the record then.
  static let titles: [String: (one: String, more: String)] = [
    "lead_assigned": ("A lead was assigned to you", "More leads were assigned to you"),
    "conversion_ready": ("A lead can be converted", "More leads can be converted"),
    "task_assigned": ("A task was assigned to you", "More tasks were assigned to you"),
    "task_completed": ("A task was completed", "More tasks were completed"),
    "task_overdue": ("A task is overdue", "More tasks are overdue"),
    "task_reminder": ("A task is due", "More tasks are due"),
    "meeting_reminder": ("A meeting begins", "More meetings begin"),
    "deal_stage_changed": ("A deal is in another stage", "More deals are in another stage"),
    "system_alert": ("System alert", "More system alerts"),
  ]

  let kind: String
  /// The id of its record; nil for none.
  let record: String?
  var title: String
  var message = ""
  var priority = "normal"
  /// Who caused it, as the change log names them; empty for nobody.
  var actor = ""
  /// The member who caused it, and gets no notification.
  var doer: MemberID?
  var isLate = false

  init(_ kind: String, about record: String? = nil) {
    (self.kind, self.record, title) = (kind, record, Self.titles[kind]?.one ?? kind)
  }

  /// The title of the notification that stands for many.
  fileprivate var more: String { Self.titles[kind]?.more ?? kind }
}

extension Notification {
  /// Marked as read; one that was read before keeps its time.
  func read(at now: Timestamp) -> Notification {
    var notification = self
    notification.readTime = readTime ?? now
    return notification
  }

  /// Marked as unread, and taken back from the archive.
  func unread() -> Notification {
    var notification = self
    (notification.readTime, notification.archived) = (nil, false)
    return notification
  }
}

/// The rules of notifications: their content and state, and how many a member has.
struct NotificationRules: RecordRules {
  /// The most notifications of a member.
  static let most = 1_000

  let transaction: WriteTransaction
  /// The content of a new notification.
  var draft = Notification()

  func prepare(_ told: inout Notification, before: Notification?, _ check: inout FieldCheck) {
    if before == nil { told.take(draft.filledFields, from: draft) }
    let now = transaction.now
    told.archiveTime = told.archived ? before?.archiveTime ?? now : nil
    if told.archived { told = told.read(at: now) }
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
  /// How many unread ones of a kind a member gets one by one from the same actor within `foldTime`, whatever comes
  /// between them.
  ///
  /// One further notification stands for the rest, without a record: its member sees it whatever they may read.
  private static let mostApart = 20
  private static let foldTime = Duration.seconds(3_600)

  /// Notifies members, each once, except the one who caused it and those who have muted it.
  func tell(_ members: [MemberID?], _ notice: Notice) throws {
    for member in Set(members.compactMap { $0 }).sorted() where member != notice.doer {
      let isMute: SQL =
        "kind IN ('', \(notice.kind)) AND coalesce(record, '') IN ('', \(notice.record ?? ""))"
      let mutes: [Mute] = try newest(of: member, where: isMute, limit: 1)
      if !mutes.isEmpty { continue }
      let isAlike: SQL = """
        kind = \(notice.kind) AND actor = \(notice.actor) AND state = 'unread'
        AND create_time > \(now - Self.foldTime)
        """
      let told: [Notification] = try newest(of: member, where: isAlike, limit: Self.mostApart + 1)
      if let many = told.first(where: { $0.title == notice.more }) {
        var folded = many
        (folded.count, folded.message) = (many.count + 1, "\(many.count + 1) more")
        if notice.priority == "high" { folded.priority = notice.priority }
        _ = try save(folded, before: many, by: NoRules<Notification>())
        continue
      }
      let isMany = told.count >= Self.mostApart
      var draft = Notification(memberId: member, kind: notice.kind)
      draft.record = isMany ? nil : notice.record.flatMap { RecordRef($0) }
      (draft.title, draft.message) = (notice.title, notice.message)
      if isMany { (draft.title, draft.message) = (notice.more, "1 more") }
      draft.count = 1
      (draft.priority, draft.actor, draft.late) = (notice.priority, notice.actor, notice.isLate)
      _ = try create(Notification(), by: NotificationRules(transaction: self, draft: draft))
    }
  }
}

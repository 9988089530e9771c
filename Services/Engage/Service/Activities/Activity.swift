import EngageAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import MeshService
import MeshStore
import TypeAPI

extension Activity {
  /// The types that people log; services log others.
  fileprivate static let logged = ["call", "email", "meeting", "note"]
  private static let meetingFields =
    schema.bits("place", "attendee_ids", "time_zone", "state", "reminder_minutes")
  /// How far clocks may differ from each other.
  private static let skew = Duration.seconds(300)

  /// Fills in what was left out, and checks the rules that its declaration cannot state.
  mutating func settle(before: Activity?, at now: Timestamp, _ check: inout FieldCheck) {
    let time = time ?? before?.time ?? now
    self.time = time
    let isMeeting = type == "meeting"
    check.refuseRepeats(of: related, "related")
    if type == "note", subject.isEmpty, text.isEmpty {
      check.refuse("text", "must have a value when there is no subject")
    }
    if isMeeting, state.isEmpty { state = time > now ? "scheduled" : "completed" }
    if !isMeeting, time > now + Self.skew, time != before?.time {
      check.refuse("time", "must not be in the future where the type is not meeting")
    }
    for field in isMeeting ? [] : filledFields.intersection(Self.meetingFields).indices {
      check.refuse(Self.schema.fields[field].name, "must be empty where the type is not meeting")
    }
    if time < Timestamp(microseconds: 0), time != before?.time {
      check.refuse("time", "must not be before 1970-01-01")
    }
    // A meeting completed early counts from when it was marked completed.
    let isContact = type == "call" || type == "email" || isMeeting && state == "completed"
    let isSame = time == before?.time && state == before?.state
    contactTime = !isContact ? nil : isSame ? before?.contactTime : min(time, now)
  }

  /// When the participants of a meeting are reminded of it; nil for never.
  fileprivate var reminderTime: Timestamp? {
    guard state == "scheduled", let time, let minutes = reminderMinutes else { return nil }
    return time - .seconds(60 * Int64(minutes))
  }

  /// Reminds the participants of a meeting; the timers' keys are the meetings' ids.
  static let reminder = TimerKind("meeting.reminder") { timer, transaction in
    let all: Scope<Activity> = transaction.scope(forCalculation: "reminders")
    guard let id = ActivityID(timer.key), let meeting = try transaction.record(id.words, in: all)
    else { return }
    var notice = Notice("meeting_reminder", about: timer.key)
    notice.message = SpanText.ahead(minutes: meeting.reminderMinutes ?? 0)
    notice.isLate = timer.isLate
    try transaction.tell([meeting.memberId] + meeting.attendeeIds, notice)
  }
}

/// The rules of activities: their times, members and participants.
struct ActivityRules: RecordRules {
  let transaction: WriteTransaction
  let peers: Peers
  /// Whether a person logs it, rather than the service, after an event.
  var isLogged = true

  func prepare(_ activity: inout Activity, before: Activity?, _ check: inout FieldCheck) throws {
    if isLogged {
      try transaction.checkHolders(of: &activity, before: before, peers, &check)
      if before == nil, !Activity.logged.contains(activity.type) {
        check.refuse("type", onlyFor: "must be call, email, meeting or note")
      }
    }
    try transaction.checkMembers(
      activity.attendeeIds,
      known: before?.attendeeIds,
      "attendee_ids",
      may: ("activity", "read"),
      peers,
      &check
    )
    activity.settle(before: before, at: transaction.now, &check)
  }

  func wrote(before: Activity?, after: Activity?) throws {
    if let after, after.time != before?.time || after.related != before?.related {
      // Timelines read the activities of a record in this order.
      try transaction.post(
        "UPDATE activity_related SET time = \(after.time) WHERE record_id = \(after.id)"
      )
    }
    let (timer, key) = (Activity.reminder.name, (after ?? before)?.idText ?? "")
    let (old, new) = (before?.reminderTime, after?.reminderTime)
    try transaction.moveTimer(timer, key: key, from: old, to: new)
  }
}

extension WriteTransaction {
  /// Logs that a lead was converted, as the first activity of its account, contact and deal.
  ///
  /// It does so once for each conversion, from which the activity's id follows.
  func logConversion(of lead: Lead, by member: MemberID?, _ peers: Peers) throws {
    guard let id = lead.id, let time = lead.conversionTime else { return }
    let milliseconds = UInt64(bitPattern: time.microseconds / 1_000)
    let logged = IDWords(high: milliseconds << 16 | id.high & 0xffff, low: id.low)
    let all: Scope<Activity> = scope(forCalculation: "conversions")
    if try record(logged, in: all) != nil { return }
    var activity = Activity(type: "system", subject: "Converted from lead", time: time)
    activity.memberId = member
    let made = [lead.accountId?.description, lead.contactId?.description, lead.dealId?.description]
    activity.related = ([id.description] + made).compactMap { $0.flatMap { RecordRef($0) } }
    let rules = ActivityRules(transaction: self, peers: peers, isLogged: false)
    _ = try create(activity, id: logged, by: rules)
  }
}

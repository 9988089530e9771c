import EngageAPI
import MeshAccess
import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import MeshService
import MeshStore
import TypeAPI

extension Activity {
  /// What people log; the other types are those of what services write.
  fileprivate static let logged = ["call", "email", "meeting", "note"]
  private static let ofMeetings = schema.bits(
    "place",
    "attendee_ids",
    "time_zone",
    "state",
    "reminder_minutes"
  )
  /// How far clocks may differ.
  private static let skew = Duration.seconds(300)

  /// Fills in what was left out and checks what its declaration does not say.
  mutating func settle(before: Activity?, at now: Timestamp, _ check: inout FieldCheck) {
    let time = time ?? before?.time ?? now
    self.time = time
    let isMeeting = type == "meeting"
    if Set(related).count < related.count { check.refuse("related", "must name each record once") }
    if type == "note", subject.isEmpty, text.isEmpty {
      check.refuse("text", "must have a value when there is no subject")
    }
    if isMeeting, state.isEmpty { state = time > now ? "scheduled" : "completed" }
    if !isMeeting, time > now + Self.skew, time != before?.time {
      check.refuse("time", "must not be in the future where the type is not meeting")
    }
    for field in isMeeting ? [] : filledFields.intersection(Self.ofMeetings).indices {
      check.refuse(Self.schema.fields[field].name, "must be empty where the type is not meeting")
    }
    // One that is held before its time counts from when that was said.
    let isContact = type == "call" || type == "email" || isMeeting && state == "completed"
    let isSame = time == before?.time && state == before?.state
    contactTime = !isContact ? nil : isSame ? before?.contactTime : min(time, now)
  }

  /// When those who take part in a meeting are reminded of it; nil for never.
  fileprivate var reminderTime: Timestamp? {
    guard state == "scheduled", let time, let minutes = reminderMinutes else { return nil }
    return time - .seconds(60 * Int64(minutes))
  }

  /// Reminds those who take part in a meeting of it; the timers' keys are the meetings' ids.
  static let reminder = TimerKind("meeting.reminder") { timer, transaction in
    let all: Scope<Activity> = transaction.scope(forCalculation: "reminders")
    guard let id = ActivityID(timer.key), let meeting = try transaction.record(id.words, in: all)
    else { return }
    var notice = Notice("meeting_reminder", about: timer.key)
    notice.message = "In \(SpanText.of(minutes: meeting.reminderMinutes ?? 0))"
    notice.isLate = timer.isLate
    try transaction.tell([meeting.memberId] + meeting.attendeeIds, notice)
  }
}

/// The rules of activities: their times, whose they are and who takes part.
struct ActivityRules: RecordRules {
  let transaction: WriteTransaction
  let peers: Peers
  /// Whether a person logs it, and not the service for what it has heard.
  var isLogged = true

  func prepare(_ activity: inout Activity, before: Activity?, _ check: inout FieldCheck) throws {
    if isLogged {
      try transaction.checkHolders(of: &activity, before: before, peers, &check)
      if before == nil, check.isFine("type"), !Activity.logged.contains(activity.type) {
        check.refuse("type", "must be call, email, meeting or note")
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
      // By which the activities of a record are read.
      try transaction.post(
        "UPDATE activity_related SET time = \(after.time) WHERE record_id = \(after.id)"
      )
    }
    let (timer, key) = (Activity.reminder.name, (after ?? before)?.idText ?? "")
    let (old, new) = (before?.reminderTime, after?.reminderTime)
    if let new, new != old, new > transaction.now {
      try transaction.setTimer(timer, key: key, at: new)
    } else if old != nil, new != old {
      try transaction.cancelTimer(timer, key: key)
    }
  }
}

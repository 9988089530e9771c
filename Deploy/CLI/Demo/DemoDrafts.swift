import EngageAPI
import MeshCore
import TasksAPI
import TypeAPI

/// The ids by which drafts name others.
struct DemoNames: Sendable {
  /// Of members, by the names of the tenant's people.
  let members: [String: MemberID]
  /// By their names.
  var projects: [String: ProjectID] = [:]
  /// By their titles.
  var tasks: [String: TaskID] = [:]
  /// Of activities that there are, as `DemoActivity.name`.
  var activities: Set<String> = []

  fileprivate func ids(of people: [String]) -> [MemberID] { people.compactMap { members[$0] } }
}

extension DemoTask {
  func draft(_ names: DemoNames) -> TasksAPI.Task {
    TasksAPI.Task(
      title: title,
      description: description,
      status: status,
      priority: priority,
      category: category,
      dueTime: due,
      assigneeIds: names.ids(of: doers),
      watcherIds: names.ids(of: watchers),
      related: related,
      projectId: names.projects[project],
      parentId: names.tasks[parent],
      tags: tags,
      checklist: steps.map { TaskChecklistItem(text: $0.text, done: $0.isDone) },
      reminders: reminders.map { TaskReminder(minutes: $0) },
      recurrence: rule.isEmpty ? nil : TaskRecurrence(rule: rule, nextOn: nextOn),
      estimatedSeconds: estimate.map { Int64($0) * 60 }
    )
  }
}

extension DemoTask.Work {
  func draft(on task: TaskID) -> TimeLog {
    TimeLog(taskId: task, startTime: start, endTime: start + .seconds(minutes * 60), note: note)
  }
}

extension DemoProject {
  func draft(_ names: DemoNames) -> Project {
    Project(
      name: name,
      description: description,
      ownerId: names.members[owner],
      startDate: start,
      endDate: end,
      status: status,
      memberIds: names.ids(of: members)
    )
  }
}

extension DemoActivity {
  /// What tells it from all others.
  var name: String { Self.name(subject, related) }

  static func name(_ subject: String, _ related: [RecordRef]) -> String {
    "\(subject) \(related.first?.description ?? "")"
  }

  func draft(_ names: DemoNames) -> Activity {
    Activity(
      type: kind,
      subject: subject,
      text: text,
      outcome: outcome,
      seconds: minutes.map { Int32($0 * 60) },
      time: time,
      memberId: names.members[member],
      related: related,
      place: place,
      attendeeIds: names.ids(of: attendees),
      state: state,
      reminderMinutes: reminder
    )
  }
}

/// A rule of a demo tenant that makes tasks.
enum DemoTaskRule {
  /// About leads, so that it can be run at once.
  static let hot = TaskRule(
    displayName: "Hot lead without contact for four hours",
    event: "lead_created",
    condition: "band in ['hot', 'very_hot'] && last_contacted_time == null",
    waitMinutes: 240,
    title: "Call this hot lead",
    description: "Nobody has been in contact with it since it came in.",
    priority: "urgent",
    category: "call",
    dueMinutes: 120
  )
  static let won = TaskRule(
    displayName: "Handover of what was won",
    event: "deal_stage_changed",
    condition: "status == 'won'",
    title: "Hand the customer over to service",
    description: "Contacts, dates, and what was promised.",
    priority: "high",
    category: "administration",
    dueMinutes: 2_880
  )
}

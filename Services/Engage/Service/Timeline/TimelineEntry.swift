import EngageAPI
import MeshCore
import MeshProto
import MeshRecords
import RecordsAPI
import TasksAPI

extension TimelineEntry {
  init(_ activity: Activity) {
    self.init(time: activity.time, kind: activity.type, recordId: activity.idText)
    text = [activity.subject, activity.text].filter { !$0.isEmpty }.joined(separator: "\n")
    let member = activity.memberId?.description ?? ""
    (actor, onBehalfOf) = (activity.createdBy, member == activity.createdBy ? "" : member)
    let events = ["call": "made", "email": "sent", "note": "added", "system": "converted"]
    data = TimelineData(
      event: events[activity.type] ?? activity.state,
      outcome: activity.outcome,
      seconds: activity.seconds,
      place: activity.place
    )
  }

  init(_ task: TasksAPI.Task, isCompleted: Bool) {
    self.init(
      time: isCompleted ? task.completeTime : task.createTime,
      kind: "task",
      text: task.title,
      recordId: task.idText,
      actor: isCompleted ? task.updatedBy : task.createdBy,
      data: TimelineData(event: isCompleted ? "completed" : "created", dueTime: task.dueTime)
    )
  }

  /// nil for a change that other entries tell of.
  init?(_ entry: HistoryEntry, of record: String) {
    guard let event = HistoryEvent(entry) else { return nil }
    self.init(
      time: entry.time,
      kind: event.kind,
      text: event.text,
      recordId: record,
      actor: entry.actor,
      onBehalfOf: entry.onBehalfOf,
      data: TimelineData(event: event.name, changes: event.changes)
    )
  }
}

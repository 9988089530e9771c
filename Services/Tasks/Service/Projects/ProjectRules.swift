import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import MeshStore
import TasksAPI

/// The rules of projects: owner, members and dates; none is deleted while tasks are part of it.
struct ProjectRules: RecordRules {
  let transaction: WriteTransaction
  let peers: Peers

  func prepare(_ project: inout Project, before: Project?, _ check: inout FieldCheck) throws {
    if project.status.isEmpty { project.status = "planned" }
    try transaction.checkHolders(of: &project, before: before, peers, &check)
    try transaction.checkMembers(
      project.memberIds,
      known: before?.memberIds,
      "member_ids",
      may: (object: "project", action: "read"),
      peers,
      &check
    )
    if let start = project.startDate, let end = project.endDate, end < start {
      check.refuse("end_date", "must not be before start_date")
    }
  }

  func wrote(before: Project?, after: Project?) throws {
    guard after == nil, let id = before?.recordID,
      try transaction.isNamed(id, Project.schema.object, by: [Task.schema])
    else { return }
    throw MeshError.failedPrecondition("tasks are part of this project; move or delete them first")
  }
}

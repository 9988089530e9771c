import MeshCore

/// Something that the people of a demo tenant have to do; members are named as the tenant's people are.
struct DemoTask: Sendable {
  /// Time that was spent.
  struct Work: Sendable {
    let start: Timestamp
    let minutes: Int
    let note: String
  }

  struct Step: Sendable {
    let text: String
    let isDone: Bool
  }

  /// Different from that of all others.
  let title: String
  var description = ""
  var status = "todo"
  var priority = "medium"
  /// The key of one of the categories that every new tenant has.
  var category = ""
  var due: Timestamp?
  /// Who makes it and answers for it.
  let author: String
  /// Who does it: its first one logs the time.
  var doers: [String] = []
  var watchers: [String] = []
  var related: [RecordRef] = []
  /// The name of the project that it is part of; empty for none.
  var project = ""
  /// The title of the task that it is a part of; empty for none.
  var parent = ""
  /// The title of the task that it waits for; empty for none.
  var predecessor = ""
  var tags: [String] = []
  var steps: [Step] = []
  /// Minutes before it is due.
  var reminders: [Int32] = []
  /// A recurrence rule; empty for none.
  var rule = ""
  /// When the next instance is made, for a task that recurs.
  var nextOn = ""
  /// Minutes; nil when not known.
  var estimate: Int?
  var work: [Work] = []
  /// Whether the assignee completes it after it was created, which notifies the author.
  var isCompletedByDoer = false

  var worker: String { doers.first ?? author }
}

/// Work of several tasks of a demo tenant.
struct DemoProject: Sendable {
  let name: String
  let description: String
  let status: String
  let owner: String
  let members: [String]
  let start: CalendarDate
  let end: CalendarDate
}

import MeshCore

/// The tasks of a demo tenant: late ones, those of today and of the next weeks, some without a date and some done.
struct DemoTaskPlan: Sendable {
  /// A task of one who sells.
  private struct Slot {
    let about: About
    /// Which of the texts about such records; the next one for the next person.
    let text: Int
    /// Working days from today, and the time of day; nil for a task that is never due.
    let due: (day: Int, hour: Int, minute: Int)?
    let status: String
    let priority: String
    /// Whether it comes from the person's boss.
    let isGiven: Bool
    /// Whether the boss follows it.
    let isWatched: Bool
    /// Whether nobody was named who does it.
    let isOpen: Bool
    /// Minutes before it is due.
    let reminders: [Int32]
    /// Minutes that were logged on working days before today, the last ones yesterday.
    let logged: [Int]
    let tags: [String]

    init(
      _ about: About,
      _ text: Int,
      _ due: (day: Int, hour: Int, minute: Int)? = nil,
      status: String = "todo",
      priority: String = "medium",
      isGiven: Bool = false,
      isWatched: Bool = false,
      isOpen: Bool = false,
      reminders: [Int32] = [],
      logged: [Int] = [],
      tags: [String] = []
    ) {
      (self.about, self.text, self.due) = (about, text, due)
      (self.status, self.priority) = (status, priority)
      (self.isGiven, self.isWatched, self.isOpen) = (isGiven, isWatched, isOpen)
      (self.reminders, self.logged, self.tags) = (reminders, logged, tags)
    }
  }

  private enum About {
    case lead, deal, customer

    var texts: [DemoTaskText] {
      switch self {
      case .lead: DemoTaskText.ofLeads
      case .deal: DemoTaskText.ofDeals
      case .customer: DemoTaskText.ofCustomers
      }
    }

    func records(in book: DemoBook) -> [DemoSubject] {
      switch self {
      case .lead: book.worked
      case .deal: book.deals
      case .customer: book.customers
      }
    }
  }

  let demo: DemoTenant
  let calendar: DemoCalendar
  let books: [DemoBook]

  /// Each after the one that it is a part of and the one that it waits for.
  var all: [DemoTask] {
    var tasks: [DemoTask] = []
    for (number, book) in books.enumerated() {
      tasks += Self.slots.enumerated().compactMap { place, slot in
        task(of: book, in: slot, place: place, number: number)
      }
      tasks += offer(of: book)
      tasks += contacts(of: book)
    }
    return tasks + recurring + DemoProjectPlan(demo: demo, calendar: calendar).tasks
  }

  // MARK: What one who sells has to do

  private func task(of book: DemoBook, in slot: Slot, place: Int, number: Int) -> DemoTask? {
    let subjects = slot.about.records(in: book)
    if subjects.isEmpty { return nil }
    let subject = subjects[slot.text % subjects.count]
    let text = slot.about.texts[(slot.text + number) % slot.about.texts.count]
    let boss = demo.boss(of: book.seller)
    var task = DemoTask(
      title: subject.fill(text.title),
      author: slot.isGiven ? boss : book.seller
    )
    task.description = subject.fill(text.description)
    (task.status, task.priority, task.category) = (slot.status, slot.priority, text.category)
    task.due = slot.due.map { calendar.time($0.day, $0.hour, $0.minute) }
    task.doers = slot.isOpen ? [] : [book.seller]
    task.watchers = slot.isWatched ? [boss] : []
    task.related = subject.related
    (task.reminders, task.tags) = (slot.reminders, slot.tags)
    task.estimate = text.minutes
    task.steps = steps(text.steps, status: slot.status)
    task.work = slot.logged.enumerated().map { index, minutes in
      let start = calendar.time(index - slot.logged.count, 9 + (place + number) % 7, 15)
      let note = ["Read what there is", "Wrote it down"][index % 2]
      return DemoTask.Work(start: start, minutes: minutes, note: note)
    }
    return task
  }

  private func steps(_ texts: [String], status: String) -> [DemoTask.Step] {
    let done = status == "completed" ? texts.count : status == "in_progress" ? texts.count / 2 : 0
    return texts.enumerated().map { DemoTask.Step(text: $1, isDone: $0 < done) }
  }

  /// An offer in three parts, of which the last one waits for the boss's word.
  private func offer(of book: DemoBook) -> [DemoTask] {
    guard let deal = book.deals.last else { return [] }
    let boss = demo.boss(of: book.seller)
    func part(_ title: String, _ status: String, _ day: Int, by doer: String) -> DemoTask {
      var task = DemoTask(title: deal.fill(title), author: book.seller, doers: [doer])
      (task.status, task.priority, task.related) = (status, "high", deal.related)
      task.due = calendar.time(day, 12)
      return task
    }
    var whole = part("Make the offer for {company}", "in_progress", 5, by: book.seller)
    whole.description = deal.fill("{person} needs it for the meeting of the board.")
    (whole.watchers, whole.reminders, whole.tags) = ([boss], [1_440], ["offer"])
    whole.steps = steps(["Read what they need", "Write the summary"], status: whole.status)
    whole.work = [
      DemoTask.Work(start: calendar.time(-1, 14), minutes: 50, note: "Read their requirements")
    ]
    var parts = [
      part("Calculate the licences for {company}", "completed", -1, by: book.seller),
      part("Have the discount for {company} approved", "todo", 2, by: boss),
      part("Send the offer to {company}", "todo", 4, by: book.seller),
    ]
    for index in parts.indices { parts[index].parent = whole.title }
    parts[1].description = deal.fill("12 % for three years, as {company} asked for.")
    (parts[2].predecessor, parts[2].category) = (parts[1].title, "e_mail")
    return [whole] + parts
  }

  /// What a boss asked for and has heard the end of.
  private func contacts(of book: DemoBook) -> [DemoTask] {
    guard let customer = book.customers.last else { return [] }
    var task = DemoTask(
      title: customer.fill("Bring the contacts of {company} up to date"),
      author: demo.boss(of: book.seller),
      doers: [book.seller]
    )
    task.description = "Two people have left. Who is there for us now?"
    (task.category, task.priority) = ("administration", "low")
    (task.due, task.related) = (calendar.time(2, 17), customer.related)
    task.isCompletedByDoer = true
    return [task]
  }

  // MARK: What comes again

  private var recurring: [DemoTask] {
    guard let manager = demo.people.first(where: { $0.role == "manager" })?.name,
      let rep = demo.sellerNames.first
    else { return [] }
    var review = DemoTask(title: "Pipeline review with the team", author: manager)
    review.description = "Who needs help, what is late, and what changes in the forecast."
    (review.doers, review.category) = ([manager], "meeting")
    review.due = calendar.time(calendar.next { $0.weekday == 0 }, 9)
    (review.rule, review.nextOn) = ("FREQ=WEEKLY;BYDAY=MO", "completion")
    (review.reminders, review.estimate) = ([15, 1_440], 45)
    review.steps = steps(["Print the forecast", "Ask for late deals"], status: "todo")
    var report = DemoTask(title: "Send the expense report", author: rep, doers: [rep])
    (report.category, report.priority) = ("administration", "low")
    report.due = calendar.time(calendar.next { $0.day == 28 }, 17)
    (report.rule, report.nextOn) = ("FREQ=MONTHLY;BYMONTHDAY=28", "date")
    return [review, report]
  }

  // MARK: The tasks of each

  private static let slots: [Slot] = [
    Slot(.deal, 0, (-4, 17, 0), priority: "high", isWatched: true),
    Slot(.lead, 0, (-2, 10, 0), priority: "urgent", isGiven: true),
    Slot(.customer, 0, (-1, 16, 0), status: "in_progress", logged: [20]),
    Slot(.lead, 1, (0, 9, 0)),
    Slot(.deal, 1, (0, 11, 30), priority: "urgent", reminders: [30]),
    Slot(
      .deal,
      2,
      (0, 14, 0),
      status: "in_progress",
      priority: "high",
      reminders: [60],
      logged: [45, 30]
    ),
    Slot(.customer, 1, (0, 16, 30), status: "waiting", priority: "low"),
    Slot(.lead, 2, (1, 10, 0), priority: "high", isGiven: true, reminders: [60, 1_440]),
    Slot(.deal, 3, (1, 15, 0)),
    Slot(.deal, 4, (2, 9, 30), status: "in_progress", priority: "high", logged: [90, 60]),
    Slot(.customer, 2, (3, 13, 0), isWatched: true),
    Slot(.lead, 3, (6, 10, 0), priority: "low", tags: ["webinar"]),
    Slot(.customer, 3, (9, 11, 0), priority: "low"),
    Slot(.deal, 5, (15, 12, 0), tags: ["offer"]),
    Slot(.lead, 4, priority: "low", isOpen: true),
    Slot(.customer, 4),
    Slot(.lead, 5, (-12, 15, 0), status: "completed"),
    Slot(.deal, 6, (-8, 10, 0), status: "completed", priority: "high", logged: [60]),
    Slot(.customer, 5, (-5, 16, 0), status: "completed", priority: "low"),
    Slot(
      .deal,
      7,
      (-1, 11, 0),
      status: "completed",
      priority: "urgent",
      isGiven: true,
      logged: [15]
    ),
    Slot(.lead, 6, (-6, 9, 0), status: "cancelled", priority: "low"),
  ]
}

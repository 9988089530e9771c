import MeshCore

/// The projects of a demo tenant, which its manager leads, with their tasks.
struct DemoProjectPlan: Sendable {
  private static let fair = "Booth at the logistics fair"
  private static let prices = "New price list"

  let demo: DemoTenant
  let calendar: DemoCalendar

  private var manager: String {
    demo.people.first { $0.role == "manager" }?.name ?? demo.owner.name
  }
  private var reps: [String] { demo.people.filter { $0.role == "rep" }.map(\.name) }

  var all: [DemoProject] {
    [
      DemoProject(
        name: Self.fair,
        description:
          "Twelve square metres in hall 4. We want 60 leads with a name and a next step.",
        status: "active",
        owner: manager,
        members: reps,
        start: calendar.day(-15),
        end: calendar.day(15)
      ),
      DemoProject(
        name: Self.prices,
        description:
          "Three tiers instead of seven. What customers pay today stays until their renewal.",
        status: "planned",
        owner: manager,
        members: reps,
        start: calendar.day(3),
        end: calendar.day(45)
      ),
    ]
  }

  var tasks: [DemoTask] {
    var tasks = fairTasks + priceTasks
    for index in tasks.indices where tasks[index].doers.isEmpty { tasks[index].doers = [manager] }
    return tasks
  }

  private var fairTasks: [DemoTask] {
    var booth = task("Confirm the booth", of: Self.fair, due: -9, priority: "high")
    booth.status = "completed"
    var banners = task("Order the banners", of: Self.fair, due: 2, by: reps.first, priority: "high")
    banners.description = "Two of 85 by 200 cm, with the new logo."
    banners.status = "in_progress"
    banners.steps = [
      DemoTask.Step(text: "Choose the pictures", isDone: true),
      DemoTask.Step(text: "Have the text read", isDone: true),
      DemoTask.Step(text: "Order", isDone: false),
    ]
    banners.work = [
      DemoTask.Work(start: calendar.time(-3, 15), minutes: 75, note: "Pictures and first draft")
    ]
    let shifts = task("Plan who is at the booth when", of: Self.fair, due: 4)
    var hotels = task("Book the hotels for the fair", of: Self.fair, due: 6, by: reps.last)
    hotels.description = "Three nights, near the tram."
    hotels.predecessor = shifts.title
    var guests = task("Invite customers to the booth", of: Self.fair, due: 8, by: reps.first)
    (guests.category, guests.tags) = ("e_mail", ["fair"])
    var thanks = task("Write to the visitors of the booth", of: Self.fair, due: 17, priority: "low")
    (thanks.category, thanks.tags) = ("follow_up", ["fair"])
    return [booth, banners, shifts, hotels, guests, thanks]
  }

  private var priceTasks: [DemoTask] {
    var objections = task(
      "Gather what customers say of the prices",
      of: Self.prices,
      due: 5,
      by: reps.last
    )
    objections.category = "call"
    var tiers = task("Calculate the new tiers", of: Self.prices, due: 12, priority: "high")
    (tiers.status, tiers.description) = ("waiting", "Needs last year's figures from finance.")
    var training = task("Train the team in the new prices", of: Self.prices, due: 20)
    (training.category, training.predecessor) = ("meeting", tiers.title)
    let letter = task("Tell customers of the new prices", of: Self.prices, due: 30, by: reps.first)
    return [objections, tiers, training, letter]
  }

  private func task(
    _ title: String,
    of project: String,
    due day: Int,
    by doer: String? = nil,
    priority: String = "medium"
  ) -> DemoTask {
    var task = DemoTask(title: title, author: manager, doers: doer.map { [$0] } ?? [])
    (task.project, task.due, task.priority) = (project, calendar.time(day, 16), priority)
    return task
  }
}

/// What is to be done about a record of some kind, with `{person}` and `{company}` for its names.
struct DemoTaskText: Sendable {
  let title: String
  let description: String
  let category: String
  /// How long it takes.
  let minutes: Int
  var steps: [String] = []

  static let ofLeads = [
    DemoTaskText(
      title: "Call {person} of {company}",
      description: "Asked for prices. Find out how many vehicles they have and who decides.",
      category: "call",
      minutes: 15
    ),
    DemoTaskText(
      title: "Send {person} of {company} the price list",
      description: "The one with the tiers up to 200 vehicles, and the leaflet about routes.",
      category: "e_mail",
      minutes: 10
    ),
    DemoTaskText(
      title: "Arrange a demonstration with {person} of {company}",
      description: "Forty minutes by video are enough. Ask for twenty addresses to plan with.",
      category: "meeting",
      minutes: 20,
      steps: ["Propose two dates", "Ask for addresses", "Send the invitation"]
    ),
    DemoTaskText(
      title: "Invite {person} of {company} to the webinar",
      description: "The one for companies that still plan their routes on paper.",
      category: "e_mail",
      minutes: 10
    ),
    DemoTaskText(
      title: "Ask {person} of {company} who decides",
      description: "Purchasing was mentioned once. Without a name there we will not get further.",
      category: "follow_up",
      minutes: 15
    ),
    DemoTaskText(
      title: "Call {person} of {company} back",
      description: "Was in a meeting, and asked to be called in the afternoon.",
      category: "call",
      minutes: 15
    ),
    DemoTaskText(
      title: "Check the address of {person} of {company}",
      description: "The last letter came back.",
      category: "administration",
      minutes: 5
    ),
    DemoTaskText(
      title: "Answer the questions of {person} of {company}",
      description: "Where the data is kept, and whether drivers need telephones of their own.",
      category: "e_mail",
      minutes: 30
    ),
  ]

  static let ofDeals = [
    DemoTaskText(
      title: "Follow up on the offer to {company}",
      description: "{person} wanted to show it to finance and to answer this week.",
      category: "follow_up",
      minutes: 15
    ),
    DemoTaskText(
      title: "Call {person} at {company} about the budget",
      description: "Is it approved for this quarter or for the next one?",
      category: "call",
      minutes: 20
    ),
    DemoTaskText(
      title: "Prepare the demonstration for {company}",
      description: "With their own stops, so that the dispatchers recognise their day.",
      category: "meeting",
      minutes: 90,
      steps: ["Load their stops", "Test the tablet", "Print the agenda", "Send the link"]
    ),
    DemoTaskText(
      title: "Agree with {company} on the start",
      description: "{person} prefers the first of a month. We need three weeks for the training.",
      category: "call",
      minutes: 20
    ),
    DemoTaskText(
      title: "Answer the security questionnaire of {company}",
      description: "62 questions, most of them as last year. Ask operations about backups.",
      category: "administration",
      minutes: 180,
      steps: ["Copy last year's answers", "Ask operations", "Have it read", "Send it"]
    ),
    DemoTaskText(
      title: "Compare our offer to {company} with the competitor's",
      description: "Theirs is cheaper in the first year. What does it cost over three?",
      category: "administration",
      minutes: 60
    ),
    DemoTaskText(
      title: "Meet the head of purchasing at {company}",
      description: "Bring the references, and the calculation over three years.",
      category: "meeting",
      minutes: 60
    ),
    DemoTaskText(
      title: "Send the references to {company}",
      description: "Two customers of their size who switched within the last year.",
      category: "e_mail",
      minutes: 15
    ),
  ]

  static let ofCustomers = [
    DemoTaskText(
      title: "Clear up the open invoice of {company}",
      description: "Their bookkeeping says that the order number is missing.",
      category: "administration",
      minutes: 20
    ),
    DemoTaskText(
      title: "Send {company} the usage report",
      description: "{person} shows it to the board: one page, with the kilometres that were saved.",
      category: "e_mail",
      minutes: 30
    ),
    DemoTaskText(
      title: "Review the quarter with {company}",
      description: "Usage, open wishes, and what comes with the next release.",
      category: "meeting",
      minutes: 60,
      steps: ["Gather the figures", "Ask support for open tickets", "Write the agenda"]
    ),
    DemoTaskText(
      title: "Plan the visit to {company}",
      description: "See the new warehouse and ride along with a driver for a morning.",
      category: "meeting",
      minutes: 30
    ),
    DemoTaskText(
      title: "Ask {company} for a reference",
      description: "{person} is content with the rollout and speaks well of us.",
      category: "call",
      minutes: 15
    ),
    DemoTaskText(
      title: "Ask {person} at {company} how the training went",
      description: "Twelve drivers in two groups. Does the night shift need another date?",
      category: "call",
      minutes: 15
    ),
  ]
}

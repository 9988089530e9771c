import MeshCore

/// Something that a demo tenant sells to one of its accounts.
struct DemoDeal: Sendable {
  static let columns = [
    "External Id", "Name", "Account", "Amount", "Revenue Type", "Pipeline", "Stage", "Start Date",
    "Expected Close Date", "Close Date", "Owner", "Competitor", "Next Step", "Win Reason",
    "Loss Reason",
  ]

  let id: String
  let name: String
  let account: DemoAccount
  /// Whole units with the currency: `12000 EUR`.
  let amount: String
  let revenueType: String
  let stage: DemoPipeline.Stage
  let pipeline: String
  let start: CalendarDate
  let expectedClose: CalendarDate
  /// nil while it is open.
  let close: CalendarDate?
  /// An e-mail address.
  let owner: String
  let competitor: String
  let nextStep: String
  let winReason: String
  let lossReason: String

  /// The values of `columns`.
  var values: [String] {
    [
      id, name, account.id, amount, revenueType, pipeline, stage.name, "\(start)",
      "\(expectedClose)", close.map { "\($0)" } ?? "", owner, competitor, nextStep, winReason,
      lossReason,
    ]
  }

  /// The deal with a number: the first ones of a pipeline are in each of its stages in turn, the others where
  /// they are most of the time.
  ///
  /// - Parameters:
  ///   - number: within the pipeline, from 0.
  ///   - pipeline: where it is.
  ///   - demo: whose it is.
  ///   - today: the dates are around it.
  init(number: Int, in pipeline: DemoPipeline, of demo: DemoTenant, today: CalendarDate) {
    let stream = UInt64(number) << 8 | UInt64(pipeline.name.utf8.count)
    var random = DemoRandom(seed: demo.seed &+ 1_000, stream: stream)
    let stages = pipeline.stages
    stage =
      number < stages.count
      ? stages[number] : random.pick(stages.flatMap { Array(repeating: $0, count: $0.weight) })
    self.pipeline = pipeline.name
    id = "demo-\(pipeline.name.lowercased())-\(number + 1)"
    var account = DemoAccount(number: random.index(DemoTenant.accounts), of: demo)
    while !account.mayHave(stage, in: pipeline) {
      account = DemoAccount(number: random.index(DemoTenant.accounts), of: demo)
    }
    self.account = account
    let company = account.company
    let product = random.pick(pipeline.products)
    name = "\(product) for \(company.name)"

    let seats = min(5 + company.size / 5, 800)
    let price = random.pick([180, 240, 360, 480])
    revenueType = random.pick(weighted: pipeline.revenueTypes)
    let whole = seats * price / (revenueType == "mrr" ? 12 : 1)
    // People round what they offer.
    let rounded = max(whole / 100 * 100, 500)
    amount = "\(rounded) \(random.chance(20) ? demo.otherCurrency : demo.currency)"
    // Colleagues help out.
    owner = random.chance(85) ? account.owner : demo.email(of: random.pick(demo.sellers))

    let isOpen = stage.kind == "open"
    let age = 10 + random.index(110)
    let end = today.advanced(by: -1 - random.index(270))
    start = (isOpen ? today : end).advanced(by: -age)
    close = isOpen ? nil : end
    // What is nearly agreed is expected soon; some of it should have been closed already.
    let days = stage.probability >= 60 ? 3 + random.index(40) : 14 + random.index(140)
    let due = random.chance(8) ? -1 - random.index(20) : days
    expectedClose = isOpen ? today.advanced(by: due) : end.advanced(by: random.index(21) - 10)
    competitor = random.chance(25) ? random.pick(Self.competitors) : ""
    nextStep = isOpen && random.chance(70) ? random.pick(Self.nextSteps) : ""
    winReason = stage.kind == "won" ? random.pick(Self.winReasons) : ""
    lossReason = stage.kind == "lost" ? random.pick(Self.lossReasons) : ""
  }

  private static let competitors = ["Initech", "Vandelay Systems", "Hooli", "Umbrella Software"]
  private static let nextSteps = [
    "Call about the budget.", "Send the offer.", "Show the mobile app to the field team.",
    "Meet the head of purchasing.", "Answer the security questionnaire.", "Agree on the start.",
  ]
  // By the names of the reasons that every new tenant has.
  private static let winReasons = ["Best Fit", "Price", "Relationship", "Service"]
  private static let lossReasons = ["Price", "Competitor", "No Budget", "No Decision", "Timing"]
}

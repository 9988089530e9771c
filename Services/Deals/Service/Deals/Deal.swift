import DealsAPI
import MeshCore
import MeshPeers
import MeshProto
import MeshRecords

/// How often a deal's amount comes in.
enum RevenueType: String {
  case oneOff = "one_off"
  case mrr, arr
}

extension Deal {
  var kind: StageKind { StageKind(rawValue: status) ?? .open }

  /// Updates what follows from a deal's stage and amount.
  ///
  /// - Parameters:
  ///   - before: as it was; nil for a new one.
  ///   - pipeline: the deal's.
  ///   - now: the moment of the change.
  ///   - today: the day in the tenant's time zone.
  ///   - check: takes what is wrong.
  /// - Returns: the stage that it enters by this change; nil when it stays, or only its stage's key is
  ///   another one.
  mutating func settle(
    before: Deal?,
    in pipeline: Pipeline,
    at now: Timestamp,
    on today: CalendarDate,
    _ check: inout FieldCheck
  ) -> Stage? {
    let revenue = RevenueType(rawValue: revenueType) ?? .oneOff
    if revenueType.isEmpty { revenueType = revenue.rawValue }
    contactIds = contacts.compactMap(\.contactId)
    pipelineId = pipeline.id
    guard let found = stage(before: before, in: pipeline) else {
      let name = pipeline.displayName.quoted
      check.refuse("stage", "must be a stage of the pipeline \(name); \(stage.quoted) is not")
      return nil
    }
    let isElsewhere = before?.pipelineId != pipelineId
    let entered = isElsewhere || pipeline.stage(before?.stage ?? "")?.key != found.key
    let moved = isElsewhere || before?.stage != found.key
    stage = found.key
    // ReopenDeal and DealRules, when they undo an operation, have made the status open before.
    if let before, entered, kind != .open, found.kind != status {
      check.refuse("stage", "must stay: the deal is \(before.status); reopen it first")
    }
    status = found.kind
    forecastCategory = found.forecastCategory
    let annual = amount?.times(revenue == .mrr ? 12 : 1)
    if annual == nil, amount != nil, check.isFine("amount") {
      let most = Int64.max / 12
      check.refuse("amount", "must have at most \(most) minor units where it recurs each month")
    }
    annualAmount = revenue == .oneOff ? nil : annual
    settleProbability(before: before, found, moved: moved, &check)
    weightedAmount = probability.flatMap { amount?.share(percent: $0) }
    settleDates(before: before, on: today, &check)
    settleReasons(before: before, entered: entered, &check)
    let name = "the stage \(found.displayName.quoted)"
    require(found.requiredFields, before: before, entered: entered, in: name, &check)
    stageChangeTime = moved ? now : before?.stageChangeTime
    if moved, rank == before?.rank ?? 0 { rank = Rank.newest(at: now) }
    settleRotting(before: before, found, entered: entered, at: now)
    return entered ? found : nil
  }

  /// The stage that it is in, or is to begin with; one that was taken away only if it is in it already.
  private func stage(before: Deal?, in pipeline: Pipeline) -> Stage? {
    if stage.isEmpty { return pipeline.first(.open) }
    guard let before, before.stage == stage else { return pipeline.present(stage) }
    if let found = pipeline.stage(stage) { return found }
    return before.pipelineId == pipelineId ? nil : pipeline.first(before.kind)
  }

  private mutating func settleProbability(
    before: Deal?,
    _ stage: Stage,
    moved: Bool,
    _ check: inout FieldCheck
  ) {
    let isUntouched = probability == before?.probability
    let follows = isUntouched && (moved || probabilityReason.isEmpty)
    if kind != .open || probability == nil || probability == stage.probability || follows {
      (probability, probabilityReason) = (stage.probability, "")
    } else if probabilityReason.isEmpty, check.isFine("probability") {
      check.refuse(
        "probability_reason",
        "must say why the probability is not the \(stage.probability) percent of the stage"
      )
    }
  }

  private mutating func settleDates(
    before: Deal?,
    on today: CalendarDate,
    _ check: inout FieldCheck
  ) {
    closeDate = kind == .open ? nil : closeDate ?? before?.closeDate ?? today
    startDate = startDate ?? before?.startDate ?? min(closeDate ?? today, today)
    (forecastDate, cycleDays) = (closeDate ?? expectedCloseDate, nil)
    guard let start = startDate, let close = closeDate else { return }
    cycleDays = Int32(start.days(to: close))
    if close < start { check.refuse("close_date", "must not be before start_date") }
  }

  private mutating func settleReasons(before: Deal?, entered: Bool, _ check: inout FieldCheck) {
    if kind != .won { winReason = "" }
    if kind != .lost { lossReason = "" }
    if kind == .won, winReason.isEmpty, entered || before?.winReason.isEmpty == false {
      check.refuse("win_reason", "must say why the deal is won")
    }
    if kind == .lost, lossReason.isEmpty, entered || before?.lossReason.isEmpty == false {
      check.refuse("loss_reason", "must say why the deal is lost")
    }
  }

  private mutating func settleRotting(
    before: Deal?,
    _ stage: Stage,
    entered: Bool,
    at now: Timestamp
  ) {
    let isSame = before.map { changes(from: $0).isSubset(of: Self.following) } ?? false
    lastActivityTime = isSame && !entered ? before?.lastActivityTime ?? now : now
    settleRotTime(in: stage)
  }

  private mutating func settleRotTime(in stage: Stage) {
    let rots = kind == .open && stage.rottingDays > 0
    rotTime = rots ? lastActivityTime.map { $0 + .seconds(86_400 * Int64(stage.rottingDays)) } : nil
  }

  /// Records work on the deal, which postpones its rotting.
  mutating func noteWork(at time: Timestamp, in pipeline: Pipeline?) {
    lastActivityTime = lastActivityTime.later(time)
    if let stage = pipeline?.stage(stage) { settleRotTime(in: stage) }
  }

  /// Fields that follow from a pipeline or order cards: a change of only these is no activity.
  private static let following = schema.bits(
    "forecast_category",
    "probability",
    "weighted_amount",
    "stage",
    "rank",
    "stage_change_time",
    "rot_time",
    "last_activity_time"
  )
}

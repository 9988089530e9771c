import LeadsAPI
import MeshPeers
import MeshProto
import MeshRecords

extension Lead {
  /// The fields of a lead that scoring rules may use: all but those that scoring computes.
  static let scoringConditions = RecordConditions(
    Lead.schema,
    computing: ["score", "band", "score_breakdown"]
  )

  /// Fields whose values are unknown before a lead is created.
  static let setByServer = FieldBits(
    Lead.schema.fields.filter { !$0.isInput || $0.name == "owner_id" }
      .filter { !["phone_valid", "display_name"].contains($0.name) }.map(\.index)
  )

  mutating func take(_ computed: Score) {
    score = Int32(computed.points)
    band = computed.band.rawValue
    scoreBreakdown = computed.breakdown
  }

  /// Takes over what an activity says of when it was worked on and contacted.
  mutating func take(_ activity: LoggedActivity) {
    lastActivityTime = lastActivityTime.later(activity.workTime)
    guard let time = activity.contactTime else { return }
    firstContactedTime = min(firstContactedTime ?? time, time)
    lastContactedTime = lastContactedTime.later(time)
  }
}

import LeadsAPI
import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import TypeAPI

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

  /// Takes over when it was contacted, and what an activity that is about it says of when it was worked on.
  mutating func take(_ contacts: LeadContacts, _ activity: LoggedActivity) {
    if activity.ids(of: LeadKind.self).contains(where: { $0 == id }) {
      lastActivityTime = lastActivityTime.later(activity.workTime)
    }
    (firstContactedTime, lastContactedTime) = (contacts.first, contacts.last)
  }
}

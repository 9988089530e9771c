import LeadsAPI
import MeshProto
import MeshRecords

extension Lead {
  /// The fields of a lead that scoring rules may use: all but those that scoring computes.
  static let scoringConditions = RecordConditions(
    Lead.schema,
    visible: FieldSet(
      FieldBits(Lead.schema.fields.filter { !computed.contains($0.name) }.map(\.index)),
      custom: .all
    )
  )

  private static let computed: Set = ["score", "band", "score_breakdown"]

  mutating func take(_ computed: Score) {
    score = Int32(computed.points)
    band = computed.band.rawValue
    scoreBreakdown = computed.breakdown
  }
}

import LeadsAPI
import MeshRecords

extension Lead {
  /// The fields of a lead as conditions name them: in scoring rules.
  static let conditions = RecordConditions(Lead.schema)

  mutating func take(_ computed: Score) {
    score = Int32(computed.points)
    band = computed.band.rawValue
    scoreBreakdown = computed.breakdown
  }
}

import MeshProto
import MeshRecords
import TenantsAPI

// How a tenant's leads are qualified.
extension TenantSettings {
  /// Fills in defaults and checks what the fields' declarations do not say.
  mutating func prepareQualification(_ check: inout FieldCheck) {
    bantMinimum = bantMinimum ?? 60
    conversionScore = conversionScore ?? 71
    let (medium, high) = (riskMediumFrom ?? 31, riskHighFrom ?? 61)
    (riskMediumFrom, riskHighFrom) = (medium, high)
    if high <= medium, check.isFine("settings.risk_high_from") {
      check.refuse("settings.risk_high_from", "must be more than risk_medium_from")
    }
    var seen: Set<String> = []
    for (index, entry) in riskWeights.enumerated() where !seen.insert(entry.factor).inserted {
      check.refuse("settings.risk_weights[\(index)].factor", "must be named once")
    }
  }
}

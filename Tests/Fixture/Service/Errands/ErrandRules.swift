import ErrandsAPI
import MeshRecords

/// The rules of errands.
struct ErrandRules: RecordRules {
  func prepare(_ errand: inout Errand, before: Errand?, _ check: inout FieldCheck) {
    if errand.state.isEmpty { errand.state = "open" }
    if errand.urgent, errand.dueTime == nil {
      check.refuse("due_time", "must be set for an urgent errand")
    }
  }
}
